-- Bids of each bidder in sessions that end after 10 seconds without one.
SELECT bidder, count(*) AS bids, window_start, window_end
FROM SESSION(bid, date_time, bidder, INTERVAL '10 seconds')
GROUP BY bidder, window_start, window_end
