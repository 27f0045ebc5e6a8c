/// Why a number or a resident code leaves its type: what the audit log says beside it.
///
/// Source: 番号法 art. 9 (use), 19 (provision); 住民基本台帳法 art. 30-37 to 30-41 (resident code).
public enum DisclosurePurpose: String, Hashable, Sendable, Codable, CaseIterable {
    /// 個人番号通知書: the notice of a newly assigned number to the person.
    case assignmentNotice = "assignment-notice"
    /// 住民票: the municipality's own record of the resident.
    case residentRecord = "resident-record"
    /// 本人確認情報: the number authority's own record.
    case authorityRecord = "authority-record"
    /// 団体内統合宛名: the register of an agency that may use the number.
    case agencyRegister = "agency-register"
    /// 券面: the back of the card.
    case cardFace = "card-face"
    /// 券面事項入力補助AP: the chip's file that hands the number to who may ask for it.
    case cardChip = "card-chip"
    /// A message between two institutions that both hold the number.
    case contractMessage = "contract-message"
    /// 住民票の写し: a copy of the record on which the person asked for the number.
    case residentRecordCopy = "resident-record-copy"
    /// 符号取得: the resident code as the input of a person point inside the number authority.
    case personPoint = "person-point"
    /// 本人への開示: shown to the person after an identity check.
    case ownView = "own-view"
}
