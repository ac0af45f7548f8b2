-- Auctions that do not have less than 20 bids.
SELECT a.id AS auction_id, a.item_name
FROM auction AS a
WHERE a.id NOT IN (SELECT b.auction FROM bid AS b GROUP BY b.auction HAVING count(*) < 20)
