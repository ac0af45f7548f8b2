-- Bids of each bidder in each 10 seconds.
SELECT bidder, count(*) AS bids, window_start, window_end
FROM TUMBLE(bid, date_time, INTERVAL '10 seconds')
GROUP BY bidder, window_start, window_end
