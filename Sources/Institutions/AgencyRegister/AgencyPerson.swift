public import Contracts
public import NumberValues
public import Values

/// A person whom the agency knows (宛名), under the agency's own id.
public struct AgencyPerson: Sendable, Redacting {
    /// 統合宛名番号.
    public let id: AgencyPersonID
    /// 個人番号.
    public let number: IndividualNumber
    /// The four items as the registry last told them.
    public let items: FourItems
    /// How far her code has got.
    public let link: LinkState
}

/// How far the agency has got with the person's code (符号取得の状態).
public enum LinkState: String, Sendable {
    /// The gateway has been asked for an acquisition.
    case opening
    /// The number authority has been sent the acquisition.
    case submitted
    /// The gateway has been asked to collect the code.
    case collecting
    /// The gateway holds the code: the person can be asked about.
    case linked
}
