-- The lowest of the auctions' highest bids.
SELECT min(final) AS min_final
FROM (
  SELECT a.id, max(b.price) AS final
  FROM auction AS a JOIN bid AS b ON a.id = b.auction
  WHERE b.date_time BETWEEN a.date_time AND a.expires
  GROUP BY a.id
) AS q
