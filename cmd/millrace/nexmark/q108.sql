-- Percentiles of the prices of each auction.
SELECT auction,
       percentile_disc(0.01) WITHIN GROUP (ORDER BY price) AS p01,
       percentile_disc(0.5) WITHIN GROUP (ORDER BY price) AS p50,
       percentile_disc(0.99) WITHIN GROUP (ORDER BY price) AS p99
FROM bid
GROUP BY auction
