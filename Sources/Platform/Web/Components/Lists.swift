/// Questions and answers, to be checked or read again (確認リスト; ui rule U10).
public struct SummaryList: Component {
    /// One answer.
    public struct Row: Sendable {
        let key: Text
        let value: HTML?
        let change: String?

        /// An answer; `nil` reads "not entered". `change` is the path of the page that changes it.
        public init(_ key: Text, _ value: HTML?, change: String? = nil) {
            self.key = key
            self.value = value
            self.change = change
        }

        /// An answer in plain text; empty reads "not entered".
        public init(_ key: Text, _ value: String, change: String? = nil) {
            self.init(key, value.isEmpty ? nil : .text(value), change: change)
        }

        /// An answer in the page's language.
        public init(_ key: Text, _ value: Text, change: String? = nil) {
            self.init(key, .bilingual(value), change: change)
        }
    }

    private let rows: [Row]

    /// A list of rows.
    public init(_ rows: [Row]) { self.rows = rows }

    /// The markup.
    public var html: HTML {
        el(.dl, .class("summary-list")) {
            for row in rows { line(row) }
        }
    }

    private func line(_ row: Row) -> HTML {
        el(.div, .class("summary-row")) {
            el(.dt) { row.key }
            el(.dd) { row.value ?? .bilingual(ComponentTexts.notEntered) }
            if let change = row.change {
                el(.dd, .class("summary-action")) {
                    el(.a, .href(change)) {
                        ComponentTexts.change
                        el(.span, .class("visually-hidden")) { ComponentTexts.changeHidden(row.key) }
                    }
                }
            }
        }
    }
}

/// A table (テーブル): a caption, a heading per column, the first cell of each row as the row's heading.
public struct DataTable: Component {
    /// A column.
    public struct Column: Sendable {
        /// How the column's cells are set.
        public enum Alignment: String, Sendable {
            case text
            case number
        }

        let title: Text
        let alignment: Alignment

        /// A column; numbers stand at the right.
        public init(_ title: Text, _ alignment: Alignment = .text) {
            self.title = title
            self.alignment = alignment
        }
    }

    private let caption: Text
    private let columns: [Column]
    private let rows: [[HTML]]

    /// A table. Cells beyond the columns are left out.
    public init(_ caption: Text, columns: [Column], rows: [[HTML]]) {
        self.caption = caption
        self.columns = columns
        self.rows = rows
    }

    /// The markup.
    public var html: HTML {
        el(
            .div, .class("table-scroll"), .role("region"), .ariaLabel(caption), .named("tabindex", "0")
        ) {
            el(.table) {
                el(.caption) { caption }
                el(.thead) {
                    el(.tr) {
                        for column in columns { el(.th, .scope("col"), Self.look(column)) { column.title } }
                    }
                }
                el(.tbody) {
                    for row in rows { line(row) }
                }
            }
        }
    }

    private func line(_ row: [HTML]) -> HTML {
        el(.tr) {
            for (index, (column, cell)) in zip(columns, row).enumerated() {
                if index == 0 {
                    el(.th, .scope("row"), Self.look(column)) { cell }
                } else {
                    el(.td, Self.look(column)) { cell }
                }
            }
        }
    }

    private static func look(_ column: Column) -> Attribute? { column.alignment == .number ? .class("number") : nil }
}

/// Ways on from this page (リンクリスト), each with a line of explanation.
public struct LinkCards: Component {
    /// One way on.
    public struct Card: Sendable {
        let title: Text
        let support: Text?
        let target: String

        /// A link with an explanation.
        public init(_ title: Text, support: Text? = nil, target: String) {
            self.title = title
            self.support = support
            self.target = target
        }
    }

    private let cards: [Card]

    /// A list of links.
    public init(_ cards: [Card]) { self.cards = cards }

    /// The markup.
    public var html: HTML {
        el(.ul, .class("link-cards")) {
            for card in cards {
                el(.li) {
                    el(.a, .href(card.target)) { card.title }
                    if let support = card.support { el(.p, .class("support")) { support } }
                }
            }
        }
    }
}
