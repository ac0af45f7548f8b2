-- Bids of people who sell themselves.
SELECT b.auction, b.bidder, b.price, b.date_time, p.name, p.city, p.state, a.id AS own_auction, a.item_name, a.category
FROM bid AS b JOIN person AS p ON b.bidder = p.id JOIN auction AS a ON a.seller = b.bidder
