import Values
import Web

/// What names a request in the addresses of its pages. It opens nothing: forms carry the page token.
struct RequestID: Hashable, Sendable, LosslessStringConvertible {
    private enum Kind {}
    private let identifier: Identifier<Kind>

    private init(identifier: Identifier<Kind>) { self.identifier = identifier }

    /// Reads 32 lower-case hexadecimal digits.
    init?(_ description: String) {
        guard let identifier = try? Identifier<Kind>(description) else { return nil }
        self.init(identifier: identifier)
    }

    /// A new one, from the system's generator.
    static func random() -> RequestID { RequestID(identifier: .random()) }

    var description: String { identifier.text }
}

/// The request on screen, from the choice of a card to its end: choosing → entering ⇄ checking → ended.
struct OpenRequest: Sendable {
    /// Where it stands.
    enum Stage: Sendable, Equatable {
        /// No card is chosen yet.
        case choosing
        /// A card is chosen; its PIN may be typed.
        case entering(card: String, PinNotice?)
        /// The PIN is with the card, or the answer on its way.
        case checking(card: String)
        /// Over.
        case ended(Ending)
    }

    /// How it ended.
    enum Ending: Sendable, Equatable {
        /// The browser was sent to this address.
        case answered(location: String)
        /// Stopped by the person, or refused by the relying party.
        case failed(AgentError)
    }

    /// What came of choosing a card.
    enum Choosing: Sendable, Equatable { case chosen, checking, ended(Ending) }
    /// What came of sending a PIN form.
    enum Submission: Sendable, Equatable {
        /// This form was sent for the first time: one try on this card is due.
        case check(card: String)
        /// It was sent before, or is not the form on screen: no try.
        case noTry
    }

    let id: RequestID
    let formToken: FormToken
    let reference: LoginReference
    let portal: PortalAddress
    let request: CheckedRequest
    private(set) var stage = Stage.choosing
    /// The number of the PIN form on screen. Each is good for one try: a double click or the back button costs none.
    private(set) var form = 1

    /// A request as it comes on screen.
    init(_ request: CheckedRequest, reference: LoginReference, portal: PortalAddress, secret: [UInt8]) {
        id = .random()
        formToken = FormToken(secret: secret)
        self.reference = reference
        self.portal = portal
        self.request = request
    }

    /// The person chose a card.
    mutating func choose(_ card: String) -> Choosing {
        switch stage {
        case .choosing, .entering:
            stage = .entering(card: card, nil)
            form += 1
            return .chosen
        case .checking: return .checking
        case .ended(let ending): return .ended(ending)
        }
    }

    /// The person sent the PIN form of this number.
    mutating func submit(form number: Int) -> Submission {
        guard case .entering(let card, _) = stage, number == form else { return .noTry }
        stage = .checking(card: card)
        form += 1
        return .check(card: card)
    }

    /// The try came to nothing: the form comes again, with a notice.
    mutating func tryAgain(_ notice: PinNotice?) {
        if case .checking(let card) = stage { stage = .entering(card: card, notice) }
    }

    /// Ends it, once.
    mutating func end(_ ending: Ending) {
        if case .ended = stage { return }
        stage = .ended(ending)
    }

    /// The person stops it. A PIN that is with the card already is not taken back.
    mutating func cancel() {
        if case .checking = stage { return }
        end(.failed(.cancelled))
    }
}

/// What the PIN page says about the try before.
enum PinNotice: Sendable, Equatable {
    /// Not four digits; no try was used.
    case malformed
    /// Wrong; so many tries are left.
    case wrong(triesLeft: Int)
    /// The card did not answer as it should.
    case cardFailed
}
