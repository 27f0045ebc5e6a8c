import CardChip
import NumberValues
import Values

/// What is printed on the test card. Nobody's: the number is drawn by the generator of a fixed seed.
enum Printed {
    static let number: IndividualNumber = {
        var generator = SeededGenerator(seed: 42)
        return IndividualNumber.random(using: &generator)
    }()

    static func information(
        address: String = "見本県試験市中央一丁目２－３", portrait: [UInt8] = [UInt8](repeating: 0x6A, count: 4000)
    ) throws -> CardInformation {
        let municipality = try MunicipalityCode(fiveDigits: "99001")
        let items = FourItems(
            name: try PersonName(full: "見本　太郎"), address: try Address(text: address, municipality: municipality),
            birthDate: try CivilDate("1980-02-17"), sex: .male)
        let pictures = FacePictures(
            name: [0x89] + Array("PNG name".utf8), address: [0x89] + Array("PNG address".utf8),
            number: [0x89] + Array("PNG number".utf8), securityCode: [0x89] + Array("PNG code".utf8), portrait: portrait
        )
        return CardInformation(
            number: number, fourItems: items, municipality: municipality, expiry: try CivilDate("2035-02-17"),
            securityCode: try SecurityCode("2285"), pictures: pictures)
    }

    /// The issuer of the test card, certified by a root of its own.
    static let issuer: (issuer: CardInformationIssuer, root: CardSigningKey) = Result {
        let root = try CardSigningKey.generate(try KeyIdentifier(number: "9000033"))
        let key = try CardSigningKey.generate(try KeyIdentifier(number: "9099001"))
        return (CardInformationIssuer(key: key, certificate: try root.certificate(for: key)), root)
    }.value

    /// The adult card with number, items and face.
    static let card: Chip = Result {
        var chip = TestCard.adult
        try chip.install(try information(), signedBy: issuer.issuer)
        return chip
    }.value

    static let checkNumberA = number.disclosed(for: .cardChip)
    static let checkNumberB = "55021720352285"
    static let birthDate = "550217"
}

/// A file as a terminal reads it, and its data objects.
struct ReadFile {
    let bytes: [UInt8]

    /// Reads a selected file to its end.
    init(_ chip: inout Chip, _ file: String) {
        var bytes: [UInt8] = []
        _ = chip.answer(Say.select(file))
        while bytes.count < 0x8000 {
            let response = chip.process([0x00, 0xB0, UInt8(bytes.count >> 8), UInt8(bytes.count & 0xFF), 0x00]).response
            bytes += response.dropLast(2)
            if response.count < 258 { break }
        }
        self.bytes = bytes
    }

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// The objects of a value in order, with tags of one or two bytes; where each starts in the given bytes.
    static func objects(_ bytes: [UInt8]) -> [(tag: UInt16, value: [UInt8], start: Int, end: Int)] {
        var objects: [(tag: UInt16, value: [UInt8], start: Int, end: Int)] = []
        var index = 0
        while index + 1 < bytes.count, bytes[index] != 0xFF || index == 0 {
            let start = index
            var tag = UInt16(bytes[index])
            index += 1
            if tag & 0x1F == 0x1F {
                tag = tag << 8 | UInt16(bytes[index])
                index += 1
            }
            var length = Int(bytes[index])
            index += 1
            if length > 0x80 {
                let count = length & 0x7F
                length = bytes[index..<(index + count)].reduce(0) { $0 << 8 | Int($1) }
                index += count
            }
            guard index + length <= bytes.count else { return objects }
            objects.append((tag, Array(bytes[index..<(index + length)]), start, index + length))
            index += length
        }
        return objects
    }

    /// The only object of the file.
    var outer: (tag: UInt16, value: [UInt8], start: Int, end: Int)? { Self.objects(bytes).first }

    /// A part of the file's only object.
    func part(_ tag: UInt16) -> [UInt8]? {
        outer.flatMap { outer in Self.objects(outer.value).first { $0.tag == tag }?.value }
    }
}
