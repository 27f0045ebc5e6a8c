import NumberValues
import Values

extension Chip {
    /// READ BINARY reaches no further than this into a file, in bytes.
    public static let largestFileByteCount = 0x7FFF

    /// Writes number, four items and face, signed by the issuer, and sets the PINs that follow from them (照合番号A and
    /// B, 生年月日) with all their tries.
    ///
    /// Done at production, and again when the four items change (券面更新). The keys by which these applications prove
    /// that the card is present are made at the first time and stay. Throws `size` when the pictures do not fit, and
    /// then nothing has changed.
    public mutating func install(
        _ information: CardInformation, signedBy issuer: CardInformationIssuer
    ) throws(ChipError) {
        var chip = self
        try chip.makeKeys()
        try chip.writeInputAssistance(information, issuer)
        try chip.writeFace(information, issuer)
        chip.writeCommon(information, issuer)
        for pin in [try information.checkNumberA, try information.checkNumberB, try information.birthDatePin] {
            try chip.set(pin)
        }
        self = chip
    }

    private mutating func makeKeys() throws(ChipError) {
        let session = (Application.inputAssistance, FileID.sessionKey.rawValue)
        for (application, file) in Self.presenceKeys + [session]
        where memory.keys[FileAddress(application, file)] == nil {
            memory.install(try ChipKey.generate(), at: FileAddress(application, file))
        }
    }

    /// 内部認証鍵 of the three applications that have one.
    private static let presenceKeys: [(Application, UInt16)] = [
        (.inputAssistance, 0x0013), (.faceConfirmation, 0x001A), (.common, 0x0019),
    ]

    private func cardPublicKey(_ application: Application, _ file: UInt16) throws(ChipError) -> [UInt8] {
        guard let key = memory.keys[FileAddress(application, file)] else { throw ChipError(.noKey) }
        return key.cardPublicKey
    }

    /// The public key by which this application's proof of presence is checked (SubjectPublicKeyInfo, DER); nil for
    /// applications without one and before ``install(_:signedBy:)``.
    public func presenceKeyInfo(of application: Application) -> [UInt8]? {
        Self.presenceKeys.first { $0.0 == application }.flatMap { memory.keys[FileAddress($0.0, $0.1)]?.publicKeyInfo }
    }

    // MARK: 券面事項入力補助AP (README.md, Sources: text)

    private mutating func writeInputAssistance(
        _ information: CardInformation, _ issuer: CardInformationIssuer
    ) throws(ChipError) {
        let number =
            BER.object(0xFF10, Array(information.number.disclosed(for: .cardChip).utf8)) + [0xFF, 0xFF]
        let items = Self.itemsFile(information.fourItems)
        let hashes =
            BER.object(0xDF31, SignatureBlock.sha256(number))
            + BER.object(0xDF32, SignatureBlock.sha256(items.behindTable))
        let key = BER.object(0xDF51, try cardPublicKey(.inputAssistance, 0x0013))
        try write(number, .inputAssistance, 0x0001)
        try write(items.file, .inputAssistance, 0x0002)
        try write(
            BER.object(0xFF30, hashes + BER.object(0xDF33, try issuer.key.sign(hashes))), .inputAssistance, 0x0003)
        try write(issuer.certificate, .inputAssistance, 0x0004)
        try write(Self.inputAssistanceInformation(issuer.key.identifier), .inputAssistance, 0x0005)
        let sessionKey = try cardPublicKey(.inputAssistance, FileID.sessionKey.rawValue)
        try write(BER.object(0xA1, sessionKey), .inputAssistance, 0x0006)
        try write(BER.object(0xFF50, key + BER.object(0xDF52, try issuer.key.sign(key))), .inputAssistance, 0x0007)
        try write([UInt8](repeating: 0xFF, count: 16), .inputAssistance, 0x0008)
    }

    private static func itemsFile(_ items: FourItems) -> (file: [UInt8], behindTable: [UInt8]) {
        BER.file(
            0xFF20, table: 0xDF21,
            objects: [
                BER.object(0xDF22, Array(items.name.full.utf8)),
                BER.object(0xDF23, Array(items.address.text.utf8)),
                BER.object(0xDF24, Array(items.birthDate.compact.utf8)),
                BER.object(0xDF25, Array(items.sex.text.utf8)),
            ])
    }

    /// Layout, name of a key, and 128 bytes whose meaning is not known: all filler here.
    private static func inputAssistanceInformation(_ key: KeyIdentifier) -> [UInt8] {
        BER.object(
            0xFF40,
            BER.object(0xDF41, [0x01, 0x03, 0x0E, 0x01]) + BER.object(0xDF42, key.bytes)
                + BER.object(0xDF43, [UInt8](repeating: 0xFF, count: 128)))
    }

    // MARK: 券面事項確認AP (README.md, Sources: face)

    private mutating func writeFace(
        _ information: CardInformation, _ issuer: CardInformationIssuer
    ) throws(ChipError) {
        let key = try cardPublicKey(.faceConfirmation, 0x001A)
        let birthDate = Array(information.fourItems.birthDate.compact.utf8)
        let age = BER.object(0xDF11, birthDate) + BER.object(0xDF12, key)
        let number = BER.object(0xDF41, information.pictures.number) + BER.object(0xDF42, key)
        try write(BER.object(0xFF10, age + BER.object(0xDF13, try issuer.key.sign(age))), .faceConfirmation, 0x0001)
        try write(try Self.faceFile(information, key, issuer), .faceConfirmation, 0x0002)
        try write(Self.faceInformation(information, issuer.key.identifier), .faceConfirmation, 0x0003)
        try write(issuer.certificate, .faceConfirmation, 0x0004)
        try write(
            BER.object(0xFF40, number + BER.object(0xDF43, try issuer.key.sign(number))), .faceConfirmation, 0x0005)
    }

    /// The signature covers the hashes of three groups, so that a terminal can check the first without the pictures.
    private static func faceFile(
        _ information: CardInformation, _ key: [UInt8], _ issuer: CardInformationIssuer
    ) throws(ChipError) -> [UInt8] {
        let pictures = information.pictures
        let items = [
            BER.object(0xDF22, Array(information.fourItems.birthDate.compact.utf8)),
            BER.object(0xDF23, Array(information.fourItems.sex.text.utf8)), BER.object(0xDF24, key),
        ]
        let texts = [BER.object(0xDF25, pictures.name), BER.object(0xDF26, pictures.address)]
        let portrait = BER.object(0xDF27, pictures.portrait)
        let groups = [items.flatMap { $0 }, texts.flatMap { $0 }, portrait].flatMap(SignatureBlock.sha256)
        let signature = BER.object(0xDF28, try issuer.key.sign(digests: groups))
        let unsigned = [
            BER.object(0xDF29, Array(information.expiry.compact.utf8)), BER.object(0xDF2A, pictures.securityCode),
        ]
        return BER.file(0xFF20, table: 0xDF21, objects: items + texts + [portrait, signature] + unsigned).file
    }

    /// Layout, name of a key, version, municipality, and 272 bytes whose meaning is not known: all filler here.
    private static func faceInformation(_ information: CardInformation, _ key: KeyIdentifier) -> [UInt8] {
        BER.object(
            0xFF30,
            BER.object(0xDF31, [0x06, 0x03, 0x0E, 0x01]) + BER.object(0xDF32, key.bytes) + BER.object(0xDF33, [0x01])
                + BER.object(0xDF34, Array(information.municipality.fiveDigits.utf8))
                + BER.object(0xDF35, key.bytes + [UInt8](repeating: 0xFF, count: 256)))
    }

    // MARK: 共通カードAP, 住基AP

    /// One record: serial number, municipality, expiry. The same key reference stands in both applications.
    private mutating func writeCommon(_ information: CardInformation, _ issuer: CardInformationIssuer) {
        let record =
            serial.ascii + Array(information.municipality.fiveDigits.utf8) + Array(information.expiry.compact.utf8)
        memory.write(.records([[0x01, UInt8(record.count)] + record]), to: FileAddress(.common, 0x0001))
        for application in [Application.common, .residentRegister] {
            memory.write(.records([issuer.key.identifier.bytes]), to: FileAddress(application, 0x0002))
        }
    }

    private mutating func write(_ bytes: [UInt8], _ application: Application, _ file: UInt16) throws(ChipError) {
        guard bytes.count <= Self.largestFileByteCount else { throw ChipError(.size) }
        memory.write(.bytes(bytes), to: FileAddress(application, file))
    }
}
