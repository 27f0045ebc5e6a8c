/// Fields 6 and 7: employment and labour, pensions.
extension InformationKindRow {
    static let employment: [InformationKindRow] = [
        InformationKindRow(
            "6-1", .employment,
            "雇用保険法による給付の支給に関する情報",
            "Information on the provision of benefits under the Employment Insurance Act",
            law: "雇用保険法"),
        InformationKindRow(
            "6-2", .employment,
            "雇用保険法による教育訓練給付金の支給に関する情報",
            "Information on the payment of education and training benefits under the Employment Insurance Act",
            law: "雇用保険法"),
        InformationKindRow(
            "6-3", .employment,
            "雇用保険法による基本手当若しくは高年齢雇用継続基本給付金の支給に関する情報",
            """
            Information on the payment of basic allowances or basic benefits for the continued employment of older \
            workers under the Employment Insurance Act
            """,
            law: "雇用保険法"),
        InformationKindRow(
            "6-4", .employment,
            "職業訓練の実施等による特定求職者の就職の支援に関する法律による職業訓練受講給付金の支給に関する情報",
            """
            Information on the payment of vocational training attendance benefits under the Act on Employment Support \
            for Specified Job Seekers through Vocational Training and Other Means
            """,
            law: "職業訓練の実施等による特定求職者の就職の支援に関する法律"),
        InformationKindRow(
            "6-5", .accidentCompensation,
            "労働者災害補償保険法による給付の支給に関する情報",
            "Information on the provision of benefits under the Industrial Accident Compensation Insurance Act",
            law: "労働者災害補償保険法"),
        InformationKindRow(
            "6-6", .accidentCompensation,
            "地方公務員災害補償法による公務上の災害又は通勤による災害に対する補償に関する情報",
            """
            Information on compensation for accidents in the course of public duty or on the way to or from work under \
            the Local Public Officers' Accident Compensation Act
            """,
            law: "地方公務員災害補償法"),
    ]

    static let pensions: [InformationKindRow] = [
        InformationKindRow(
            "7-1", .pensions,
            "児童扶養手当法第三条第二項に規定する公的年金給付の支給に関する情報",
            """
            Information on the provision of public pension benefits as prescribed in Article 3, paragraph (2) of the \
            Child Rearing Allowance Act
            """,
            law: "児童扶養手当法第三条第二項"),
        InformationKindRow(
            "7-2", .pensions,
            "特別児童扶養手当等の支給に関する法律その他の法令による障害を有する者に対する手当の支給に関する情報",
            """
            Information on the payment of allowances to persons with disabilities under the Act on the Payment of \
            Special Child Rearing Allowances and Other Allowances or other laws and regulations
            """,
            law: "特別児童扶養手当等の支給に関する法律"),
        InformationKindRow(
            "7-3", .pensions,
            "国民年金法その他の法令による給付の支給に関する情報",
            "Information on the provision of benefits under the National Pension Act or other laws and regulations",
            law: "国民年金法"),
        InformationKindRow(
            "7-4", .pensions,
            "国民年金法その他の法令による年金である給付の支給に関する情報",
            """
            Information on the provision of benefits that are pensions under the National Pension Act or other laws \
            and regulations
            """,
            law: "国民年金法"),
        InformationKindRow(
            "7-5", .pensions,
            """
            昭和六十年法律第三十四号附則第九十七条第二項において準用する特別児童扶養手当等の支給に関する法律第十七条第一号の\
            障害を支給事由とする給付の支給に関する情報
            """,
            """
            Information on the provision of benefits whose ground is the disability of Article 17, item (i) of the Act \
            on the Payment of Special Child Rearing Allowances and Other Allowances, as applied by Article 97, \
            paragraph (2) of the Supplementary Provisions of Act No. 34 of 1985
            """,
            law: "昭和六十年法律第三十四号附則第九十七条第二項・特別児童扶養手当等の支給に関する法律第十七条第一号"),
        InformationKindRow(
            "7-6", .pensions,
            "国民年金法又は被用者年金各法による年金である給付の支給又は保険料の徴収に関する情報",
            """
            Information on the provision of benefits that are pensions, or the collection of insurance premiums, under \
            the National Pension Act or the employees' pension acts
            """,
            law: "国民年金法・被用者年金各法"),
        InformationKindRow(
            "7-7", .pensions,
            "国民年金法による障害基礎年金の支給に関する情報",
            "Information on the payment of disability basic pensions under the National Pension Act",
            law: "国民年金法"),
        InformationKindRow(
            "7-8", .pensions,
            "特定障害者に対する特別障害給付金の支給に関する法律による特別障害給付金の支給に関する情報",
            """
            Information on the payment of special disability benefits under the Act on the Payment of Special \
            Disability Benefits to Specified Persons with Disabilities
            """,
            law: "特定障害者に対する特別障害給付金の支給に関する法律"),
        InformationKindRow(
            "7-9", .pensions,
            "特別児童扶養手当等の支給に関する法律その他の法令による給付の支給に関する情報",
            """
            Information on the provision of benefits under the Act on the Payment of Special Child Rearing Allowances \
            and Other Allowances or other laws and regulations
            """,
            law: "特別児童扶養手当等の支給に関する法律"),
    ]
}
