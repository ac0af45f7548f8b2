-- Auctions with their highest bid, if there is one.
SELECT a.id AS auction_id, a.item_name, b.max_price
FROM auction AS a
LEFT JOIN (SELECT auction, max(price) AS max_price FROM bid GROUP BY auction) AS b ON a.id = b.auction
