/// One municipality of a published list.
public struct Municipality: Hashable, Sendable {
    /// 団体コード.
    public let code: MunicipalityCode
    /// 都道府県名.
    public let prefecture: String
    /// 郡名, nil for cities and wards.
    public let district: String?
    /// 市区町村名.
    public let name: String

    /// The name as it stands in an address: prefecture, district if any, municipality.
    public var fullName: String { prefecture + (district ?? "") + name }
}

/// A published list of municipalities, imported from CSV.
///
/// Columns: 団体コード, 都道府県名, 郡名, 市区町村名. The source is a spreadsheet, which drops the zero before the codes
/// of the first nine prefectures: codes of five digits get it back.
public struct MunicipalityList: Hashable, Sendable {
    /// In the order of the file.
    public let municipalities: [Municipality]
    private let index: [MunicipalityCode: Int]

    /// The list of a CSV text in UTF-8 with its heading row. Throws `wrongRow`, naming the line, for a code that is
    /// wrong or stands twice, a missing name, or another number of columns.
    public init(csv: String) throws(ValueError) {
        var lines = csv.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        while lines.last?.isEmpty == true { lines.removeLast() }
        guard let heading = lines.first, Self.fields(heading) == Self.columns else {
            throw ValueError(.wrongRow, "line 1: the columns must be \(Self.columns.joined(separator: ", "))")
        }
        var municipalities: [Municipality] = []
        var index: [MunicipalityCode: Int] = [:]
        for (offset, line) in lines.enumerated().dropFirst() {
            let municipality = try Self.municipality(of: line, number: offset + 1)
            guard index.updateValue(municipalities.count, forKey: municipality.code) == nil else {
                throw ValueError(.wrongRow, "line \(offset + 1): the code stands twice")
            }
            municipalities.append(municipality)
        }
        (self.municipalities, self.index) = (municipalities, index)
    }

    /// The municipality of a code, nil if the list does not have it.
    public subscript(code: MunicipalityCode) -> Municipality? { index[code].map { municipalities[$0] } }

    private static let columns = ["団体コード", "都道府県名", "郡名", "市区町村名"]

    private static func municipality(of line: Substring, number: Int) throws(ValueError) -> Municipality {
        let fields = fields(line)
        guard fields.count == columns.count, !fields[1].isEmpty, !fields[3].isEmpty else {
            throw ValueError(.wrongRow, "line \(number): a column is missing")
        }
        do {
            let code = try MunicipalityCode((fields[0].count == 5 ? "0" : "") + fields[0])
            let district = fields[2].isEmpty ? nil : fields[2]
            return Municipality(code: code, prefecture: fields[1], district: district, name: fields[3])
        } catch {
            throw ValueError(.wrongRow, "line \(number): \(error.reason)")
        }
    }

    private static func fields(_ line: Substring) -> [String] {
        line.drop { $0 == "\u{FEFF}" }.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
}
