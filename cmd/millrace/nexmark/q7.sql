-- Highest bids of each 10 seconds.
SELECT auction, bidder, price, date_time, extra
FROM (
  SELECT *, rank() OVER (PARTITION BY window_start ORDER BY price DESC) AS place
  FROM TUMBLE(bid, date_time, INTERVAL '10 seconds')
) AS ranked
WHERE place <= 1
