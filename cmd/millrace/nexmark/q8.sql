-- Who arrived and opened an auction within the same 10 seconds.
SELECT p.id, p.name, p.window_start
FROM (
  SELECT DISTINCT id, name, window_start FROM TUMBLE(person, date_time, INTERVAL '10 seconds')
) AS p
JOIN (
  SELECT DISTINCT seller, window_start FROM TUMBLE(auction, date_time, INTERVAL '10 seconds')
) AS a ON p.id = a.seller AND p.window_start = a.window_start
