-- Auctions with the most bids of the last 10 seconds, each 2 seconds.
SELECT auction, num, window_start
FROM (
  SELECT auction, num, window_start, rank() OVER (PARTITION BY window_start ORDER BY num DESC) AS place
  FROM (
    SELECT auction, count(*) AS num, window_start
    FROM HOP(bid, date_time, INTERVAL '2 seconds', INTERVAL '10 seconds')
    GROUP BY auction, window_start
  ) AS counts
) AS ranked
WHERE place <= 1
