public import PortableSQL
import VerifiableLog

/// The core's tables.
///
/// Rows about a person lie in no order but the log's, and the times of an acquisition go with its row after ten
/// minutes: what stays is a count per day.
public enum LinkageStore {
    /// The core's own tables and those of its log.
    public static let migrations: [Migration] = LogStore.migrations + [acquisitions, exchanges]

    private static let acquisitions = Migration(
        "linkage-core 1 acquisitions",
        """
        CREATE TABLE presence (
          id bytes NOT NULL PRIMARY KEY CHECK (length(id) = 16),
          code bytes NOT NULL CHECK (length(code) = 32),
          session bytes NOT NULL CHECK (length(session) = 32),
          purpose text NOT NULL,
          issued_at time NOT NULL,
          expires_at time NOT NULL CHECK (expires_at > issued_at),
          ended flag NOT NULL DEFAULT 0
        ) unordered;
        CREATE INDEX presence_expiry ON presence (expires_at);
        """,
        """
        CREATE TABLE acquisition (
          id bytes NOT NULL PRIMARY KEY CHECK (length(id) = 16),
          opener text NOT NULL,
          session bytes CHECK (length(session) = 32),
          purpose text,
          expires_at time NOT NULL,
          code bytes CHECK (length(code) = 32),
          presence bytes REFERENCES presence (id),
          CHECK ((session IS NULL) = (purpose IS NULL)),
          CHECK (presence IS NULL OR (code IS NOT NULL AND session IS NOT NULL))
        ) unordered;
        CREATE INDEX acquisition_expiry ON acquisition (expires_at);
        """,
        """
        CREATE TABLE acquisition_day (
          civil_day text NOT NULL,
          opener text NOT NULL,
          opened int64 NOT NULL DEFAULT 0,
          PRIMARY KEY (civil_day, opener)
        ) unordered;
        """)

    private static let exchanges = Migration(
        "linkage-core 2 exchanges",
        """
        CREATE TABLE exchange (
          leaf_index int64 NOT NULL PRIMARY KEY,
          asker text NOT NULL,
          asker_exchange bytes NOT NULL CHECK (length(asker_exchange) = 16),
          request_digest bytes NOT NULL CHECK (length(request_digest) = 32),
          provider text NOT NULL,
          provider_exchange bytes UNIQUE CHECK (length(provider_exchange) = 16),
          kind text NOT NULL,
          period text NOT NULL,
          basis text NOT NULL,
          affair text NOT NULL,
          procedure text NOT NULL,
          outcome text NOT NULL CHECK (outcome IN ('permitted', 'refused')),
          reason text NOT NULL,
          requested_at time NOT NULL,
          recorded_at time NOT NULL,
          running_number int64 NOT NULL CHECK (running_number > 0),
          subject bytes NOT NULL CHECK (length(subject) = 32),
          blinding bytes NOT NULL CHECK (length(blinding) = 32),
          UNIQUE (asker, asker_exchange),
          UNIQUE (asker, subject, running_number),
          CHECK ((outcome = 'permitted') = (provider_exchange IS NOT NULL)),
          CHECK ((outcome = 'permitted') = (reason = ''))
        ) unordered;
        CREATE UNIQUE INDEX exchange_subject ON exchange (subject, recorded_at);
        """,
        """
        CREATE TABLE running_number (
          asker text NOT NULL,
          code bytes NOT NULL CHECK (length(code) = 32),
          last_number int64 NOT NULL CHECK (last_number > 0),
          PRIMARY KEY (asker, code)
        ) unordered;
        """,
        """
        CREATE TABLE live_permit (
          leaf_index int64 NOT NULL PRIMARY KEY REFERENCES exchange (leaf_index),
          asker_keys text NOT NULL,
          sealed_code bytes NOT NULL,
          issued_at time NOT NULL,
          expires_at time NOT NULL
        ) unordered;
        CREATE INDEX live_permit_expiry ON live_permit (expires_at);
        """,
        """
        CREATE TABLE refused_call (
          id bytes NOT NULL PRIMARY KEY CHECK (length(id) = 16),
          caller text NOT NULL,
          refused_at time NOT NULL,
          reason text NOT NULL
        ) unordered;
        """)
}
