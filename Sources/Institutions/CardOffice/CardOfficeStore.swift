import CardChip
import Contracts
import NumberValues
public import PortableSQL
import Values

/// The card office's tables and statements.
public enum CardOfficeStore {
    /// The schema, oldest first.
    public static let migrations: [Migration] = [
        .messaging,
        Migration(
            "card office 1",
            """
            CREATE TABLE card (
              id bytes NOT NULL PRIMARY KEY CHECK (length(id) = 16),
              card_serial text NOT NULL UNIQUE,
              individual_number text NOT NULL CHECK (length(individual_number) = 12),
              state text NOT NULL CHECK (state IN ('producing', 'delivered')),
              issued_on text NOT NULL,
              expires_on text NOT NULL
            ) unordered;
            CREATE UNIQUE INDEX card_holder ON card (individual_number);
            CREATE TABLE card_event (
              id bytes NOT NULL PRIMARY KEY CHECK (length(id) = 16),
              card_id bytes NOT NULL REFERENCES card (id),
              state text NOT NULL,
              actor text NOT NULL,
              recorded_at time NOT NULL
            ) unordered;
            CREATE INDEX card_event_card ON card_event (card_id, recorded_at);
            """),
    ]
}

extension SQLReading {
    func card(of holder: IndividualNumber) throws -> Card? {
        try row(
            """
            SELECT id, card_serial, individual_number, state, issued_on, expires_on FROM card
            WHERE individual_number = $1
            """, holder.disclosed(for: .cardChip)
        ).map(Card.init)
    }

    /// How many cards stand at each state.
    func cardCounts() throws -> [CardState: Int] {
        let rows = try rows("SELECT state, count(*) AS cards FROM card GROUP BY state")
        return try Dictionary(uniqueKeysWithValues: rows.map { row in try (CardState(row), row.int("cards")) })
    }
}

extension SQLWriter {
    func insert(_ card: Card) throws {
        try execute(
            """
            INSERT INTO card (id, card_serial, individual_number, state, issued_on, expires_on)
            VALUES ($1, $2, $3, $4, $5, $6)
            """,
            card.id.bytes, card.serial.description, card.holder.disclosed(for: .cardChip), card.state.rawValue,
            card.issuedOn.text, card.expiresOn.text)
    }

    /// False when the card was delivered before.
    func deliver(_ card: CardID) throws -> Bool {
        try execute("UPDATE card SET state = 'delivered' WHERE id = $1 AND state = 'producing'", card.bytes) == 1
    }

    func record(_ state: CardState, of card: CardID, by actor: String, at now: Instant) throws {
        try execute(
            "INSERT INTO card_event (id, card_id, state, actor, recorded_at) VALUES ($1, $2, $3, $4, $5)",
            Identifier<CardState>.random().bytes, card.bytes, state.rawValue, actor, now.microseconds)
    }
}

extension CardState {
    fileprivate init(_ row: SQLRow) throws {
        guard let state = try CardState(rawValue: row.text("state")) else { throw CardOfficeError.damagedRecord }
        self = state
    }
}

extension Card {
    fileprivate init(_ row: SQLRow) throws {
        id = try CardID(bytes: row.bytes("id"))
        serial = try CardSerial(row.text("card_serial"))
        holder = try IndividualNumber(row.text("individual_number"))
        state = try CardState(row)
        issuedOn = try CivilDate(row.text("issued_on"))
        expiresOn = try CivilDate(row.text("expires_on"))
    }
}
