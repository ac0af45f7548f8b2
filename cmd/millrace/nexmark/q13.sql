-- Bids with a value from a small table, as it was when they came.
SELECT b.auction, b.bidder, b.price, b.date_time, s.value
FROM (SELECT *, auction % 10000 AS key FROM bid) AS b
JOIN side_input FOR SYSTEM_TIME AS OF PROCTIME() AS s ON b.key = s.key
