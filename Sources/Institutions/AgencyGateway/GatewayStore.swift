public import PortableSQL

/// A gateway's tables: codes and copies by the agency's own person id, and what was asked and answered (番号法23条).
///
/// Rows about a person lie in no order: codes first stand in `code_incoming` and are moved, shuffled, to `code_held`,
/// so that the order in which two agencies acquired theirs says nothing.
public enum GatewayStore {
    /// The gateway's own tables.
    public static let migrations: [Migration] = [persons, exchanges]

    private static let persons = Migration(
        "agency-gateway 1 persons",
        """
        CREATE TABLE acquisition (
          id bytes NOT NULL PRIMARY KEY CHECK (length(id) = 16),
          person bytes NOT NULL CHECK (length(person) = 16),
          expires_at time NOT NULL
        ) unordered;
        CREATE INDEX acquisition_expiry ON acquisition (expires_at);
        """,
        """
        CREATE TABLE code_incoming (
          person bytes NOT NULL PRIMARY KEY CHECK (length(person) = 16),
          code bytes NOT NULL UNIQUE CHECK (length(code) = 32)
        ) unordered;
        CREATE TABLE code_held (
          person bytes NOT NULL PRIMARY KEY CHECK (length(person) = 16),
          code bytes NOT NULL UNIQUE CHECK (length(code) = 32)
        ) unordered;
        """,
        """
        CREATE TABLE restricted_person (
          person bytes NOT NULL PRIMARY KEY CHECK (length(person) = 16)
        ) unordered;
        CREATE TABLE record_copy (
          person bytes NOT NULL CHECK (length(person) = 16),
          kind text NOT NULL,
          period text NOT NULL,
          document bytes NOT NULL,
          PRIMARY KEY (person, kind, period)
        ) unordered;
        """)

    private static let exchanges = Migration(
        "agency-gateway 2 exchanges",
        """
        CREATE TABLE provision (
          exchange bytes NOT NULL PRIMARY KEY CHECK (length(exchange) = 16),
          asker text NOT NULL,
          kind text NOT NULL,
          period text NOT NULL,
          basis text NOT NULL,
          code bytes NOT NULL CHECK (length(code) = 32),
          request_digest bytes NOT NULL CHECK (length(request_digest) = 32),
          outcome text NOT NULL CHECK (outcome IN ('documents', 'not-held', 'not-disclosed')),
          requested_at time NOT NULL,
          answered_at time NOT NULL,
          permit_expires_at time NOT NULL,
          sealed_answer bytes
        ) unordered;
        CREATE INDEX provision_stored_answer ON provision (permit_expires_at) WHERE sealed_answer IS NOT NULL;
        """,
        """
        CREATE TABLE refused_provision (
          id bytes NOT NULL PRIMARY KEY CHECK (length(id) = 16),
          exchange bytes CHECK (length(exchange) = 16),
          caller text NOT NULL,
          reason text NOT NULL,
          refused_at time NOT NULL
        ) unordered;
        """,
        """
        CREATE TABLE inquiry (
          exchange bytes NOT NULL PRIMARY KEY CHECK (length(exchange) = 16),
          person bytes NOT NULL CHECK (length(person) = 16),
          provider text NOT NULL,
          kind text NOT NULL,
          period text NOT NULL,
          clause text NOT NULL,
          affair text NOT NULL,
          procedure text NOT NULL,
          requested_at time NOT NULL,
          outcome text NOT NULL
            CHECK (outcome IN ('asked', 'documents', 'not-held', 'not-disclosed', 'failed')),
          reason text NOT NULL,
          ended_at time,
          CHECK ((outcome = 'asked') = (ended_at IS NULL)),
          CHECK ((outcome = 'failed') = (reason <> ''))
        ) unordered;
        """,
        """
        CREATE TABLE inclusion_check (
          exchange bytes NOT NULL PRIMARY KEY CHECK (length(exchange) = 16),
          leaf_index int64 NOT NULL CHECK (leaf_index >= 0),
          leaf_hash bytes NOT NULL CHECK (length(leaf_hash) = 32),
          due_at time NOT NULL,
          verified_at time,
          alarm text,
          alarmed_at time,
          CHECK ((alarm IS NULL) = (alarmed_at IS NULL)),
          CHECK (verified_at IS NULL OR alarm IS NULL)
        ) unordered;
        CREATE INDEX inclusion_check_open ON inclusion_check (due_at) WHERE verified_at IS NULL AND alarm IS NULL;
        CREATE INDEX inclusion_check_alarm ON inclusion_check (alarmed_at) WHERE alarm IS NOT NULL;
        """)
}
