public import CardChip
public import NumberValues
public import Values

/// Phantom of a card's id.
public enum CardKind {}
/// The card office's own id of a card.
public typealias CardID = Identifier<CardKind>

/// How far a card has got. More states come with applications and production.
public enum CardState: String, Sendable {
    /// Ordered at the counter; keys and certificates are being made.
    case producing
    /// 交付: in the holder's hands.
    case delivered
}

/// A card as the office's ledger has it.
public struct Card: Sendable, Redacting {
    /// The office's own id.
    public let id: CardID
    /// The serial on the card.
    public let serial: CardSerial
    /// Whose card it is.
    public let holder: IndividualNumber
    /// How far it has got.
    public let state: CardState
    /// The day on which it was ordered; its validity counts from here.
    public let issuedOn: CivilDate
    /// 有効期限.
    public let expiresOn: CivilDate
}

/// The card's life (カードの有効期間).
public enum CardLife {
    /// The tenth birthday after issue from 18 on, the fifth under 18 (20 before 2022-04-01).
    ///
    /// Source: 番号法施行令・カード命令 on 有効期間.
    public static func lastDay(issuedOn day: CivilDate, birthDate: CivilDate) -> CivilDate {
        birthDate.birthday(number: birthDate.age(on: day) >= adultAge(on: day) ? 10 : 5, after: day)
    }

    private static func adultAge(on day: CivilDate) -> Int { day.text < "2022-04-01" ? 20 : 18 }
}

/// The PINs that the holder sets at the counter (暗証番号).
public struct CardPins: Sendable, Redacting {
    let authentication: Pin
    let signature: Pin?

    /// - Parameter signature: absent where the holder gets no certificate for signing.
    public init(authentication: Pin, signature: Pin?) {
        self.authentication = authentication
        self.signature = signature
    }

    /// What speaks against these PINs before anything is written, or nil; `signing` says whether the holder gets a
    /// certificate for signing.
    func refusal(signing: Bool) -> CardOfficeError? {
        if signing, signature == nil { return .signaturePinMissing }
        let purposesFit = authentication.purpose == .authentication && signature?.purpose ?? .signature == .signature
        return purposesFit && authentication.mayBeSet && signature?.mayBeSet ?? true ? nil : .pinRefused
    }
}

/// A card that leaves the counter.
public struct DeliveredCard: Sendable {
    /// The card in the ledger, before its state changed to delivered.
    public let card: Card
    /// The chip with its keys, certificates and PINs.
    public let chip: Chip
}
