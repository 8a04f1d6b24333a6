"""What operators count in a process: numbers only, no words, no IDs. Served on the admin port or the metrics port."""

from prometheus_client import Counter, Gauge, Histogram

REPLIES = Counter("annai_replies_total", "Replies by town, kind and channel", ["town", "kind", "channel"])
ERRORS = Counter("annai_errors_total", "Requests that ended in an apology, by app", ["app"])
KEPT = Counter("annai_backlog_kept_total", "Turns and votes kept in memory while the store was away")
WRITTEN = Counter("annai_backlog_written_total", "Turns and votes written when the store was back")
UNSTORED = Counter("annai_turns_unstored_total", "Turns and votes that were dropped and are stored nowhere")
BACKLOG = Gauge("annai_backlog_turns", "Turns and votes that wait in memory for the store", multiprocess_mode="sum")
for app in ("public", "admin"):  # from the start, or the first apology would be no increase
    ERRORS.labels(app=app)
INDEX_CHECKED = Gauge(
    "annai_index_checked_timestamp_seconds",
    "When a process last saw that it answers from what is published (time() minus it is the index's age)",
    multiprocess_mode="min",
)
SECONDS = Histogram(
    "annai_request_seconds",
    "Time to answer a request",
    ["path"],
    buckets=(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1.0, 5.0),
)
LINE_DELIVERED = Counter(
    "annai_line_delivered_total",
    "Webhook events by town, what they are and what became of them",
    ["town", "kind", "as_"],
)
LINE_ENDED = Counter(
    "annai_line_ended_total", "Stored webhook events that ended, by town, how and why", ["town", "state", "reason"]
)
LINE_WEBHOOKS = Counter("annai_line_webhooks_total", "Webhook requests by town and status", ["town", "status"])
LINE_REQUESTS = Counter(
    "annai_line_requests_total", "Requests to LINE by town, endpoint and status", ["town", "endpoint", "status"]
)
