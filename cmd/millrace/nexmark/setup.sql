CREATE VIEW person AS
  SELECT p_id AS id, p_name AS name, p_email_address AS email_address, p_credit_card AS credit_card,
         p_city AS city, p_state AS state, date_time, p_extra AS extra
  FROM event WHERE event_type = 0;
CREATE VIEW auction AS
  SELECT a_id AS id, a_item_name AS item_name, a_description AS description, a_initial_bid AS initial_bid,
         a_reserve AS reserve, date_time, a_expires AS expires, a_seller AS seller, a_category AS category, a_extra AS extra
  FROM event WHERE event_type = 1;
CREATE VIEW bid AS
  SELECT b_auction AS auction, b_bidder AS bidder, b_price AS price, b_channel AS channel, b_url AS url,
         date_time, b_extra AS extra
  FROM event WHERE event_type = 2;
