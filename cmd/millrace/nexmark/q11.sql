-- Bids of each bidder in sessions that end after 10 seconds without one.
SELECT bidder, count(*) AS bids, window_start, window_end
FROM SESSION(TABLE bid PARTITION BY bidder, date_time, INTERVAL '10 seconds')
GROUP BY bidder, window_start, window_end
