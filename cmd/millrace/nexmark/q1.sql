-- Prices in another currency.
SELECT auction, bidder, (0.908 * price)::numeric(23,3) AS price, date_time, extra FROM bid
