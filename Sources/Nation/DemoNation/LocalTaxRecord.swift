import Contracts
import Values

/// A persona's local tax record, of the form that the seeds print (RPK0401-001), from her salary.
enum LocalTaxRecord {
    /// The record of the fiscal year that has begun on `day`, about the income of the year before.
    static func document(salary: Int, on day: CivilDate) -> InformationDocument {
        let year = day.month >= 4 ? day.year : day.year - 1
        let income = salaryIncome(salary)
        let amounts: [LocalTaxItem: String] = [
            .fiscalYear: String(year), .grossIncomeAndOthers: String(income), .totalIncome: String(income),
            .grossIncome: String(income), .employmentIncome: String(income), .salaryReceived: String(salary),
        ]
        let items = LocalTaxItem.allCases.map { $0.item(amounts[$0] ?? "0") }
        return InformationDocument(
            kind: .localTax, form: LocalTaxItem.form, createdOn: day, period: .fiscalYear(year), items: items)
    }

    /// Salary less the deduction for employment income (給与所得控除; 所得税法28条, from 2020), in yen.
    static func salaryIncome(_ salary: Int) -> Int {
        let deduction =
            switch salary {
            case ...1_625_000: 550_000
            case ...1_800_000: salary * 4 / 10 - 100_000
            case ...3_600_000: salary * 3 / 10 + 80_000
            case ...6_600_000: salary * 2 / 10 + 440_000
            case ...8_500_000: salary / 10 + 1_100_000
            default: 1_950_000
            }
        return max(0, salary - deduction)
    }
}
