#include "adapters/storage/tables/webhook_table.hpp"

#include "adapters/storage/records.hpp"

namespace costage::storage {

std::uint64_t WebhookTable::next_number(const std::string& url) {
  sql_.execute(R"sql(
INSERT INTO webhook_urls (url, last, lost) VALUES (:url, 1, 0)
ON CONFLICT (url) DO UPDATE SET last = webhook_urls.last + 1
)sql",
               {url});
  std::uint64_t number = 0;
  sql_.select("SELECT last FROM webhook_urls WHERE url = :url", {url},
              [&](const soci::row& row) { read_record(url, [&] { return read(value_at(row, 0), number), true; }); });
  return number;
}

std::uint64_t WebhookTable::lost(const std::string& url, Number count) {
  if (count > 0)
    sql_.execute("UPDATE webhook_urls SET lost = lost + :count WHERE url = :url", {std::int64_t{count}, url});
  return static_cast<std::uint64_t>(count);
}

std::uint64_t WebhookTable::append(const std::string& url, const std::string& body, WallTime made, std::size_t most) {
  const std::uint64_t number = next_number(url);
  sql_.execute("INSERT INTO webhooks (url, number, body, made) VALUES (:url, :number, :body, :made)",
               {url, value_of(number), body, value_of(made)});
  const auto last_to_go = static_cast<std::int64_t>(number) - static_cast<std::int64_t>(most);
  return lost(url, sql_.execute("DELETE FROM webhooks WHERE url = :url AND number <= :last", {url, last_to_go}));
}

std::optional<app::KeptWebhook> WebhookTable::oldest(const std::string& url) {
  static const std::string query = R"sql(
SELECT w.number, w.body, w.made, u.lost FROM webhooks w JOIN webhook_urls u ON u.url = w.url
WHERE w.url = :url ORDER BY w.number LIMIT 1)sql";
  std::optional<app::KeptWebhook> out;
  sql_.select(query, {url}, [&](const soci::row& row) {
    out = read_record(url, [&] {
      app::KeptWebhook webhook;
      read(value_at(row, 0), webhook.number);
      webhook.body = row.get<std::string>(1);
      read(value_at(row, 2), webhook.made);
      read(value_at(row, 3), webhook.lost_before);
      return webhook;
    });
  });
  return out;
}

void WebhookTable::remove(const std::string& url, const app::KeptWebhook& webhook) {
  sql_.execute("DELETE FROM webhooks WHERE url = :url AND number = :number", {url, value_of(webhook.number)});
  if (webhook.lost_before > 0)
    sql_.execute("UPDATE webhook_urls SET lost = lost - :told WHERE url = :url", {value_of(webhook.lost_before), url});
}

std::uint64_t WebhookTable::give_up_before(const std::string& url, WallTime time) {
  return lost(url, sql_.execute("DELETE FROM webhooks WHERE url = :url AND made < :time", {url, value_of(time)}));
}

void WebhookTable::forget_before(WallTime time) {
  sql_.execute("DELETE FROM webhooks WHERE made < :time", {value_of(time)});
}

}  // namespace costage::storage
