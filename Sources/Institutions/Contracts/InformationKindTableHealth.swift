/// Fields 1 to 3: household, tax, health and medical care.
extension InformationKindRow {
    static let householdAndTax: [InformationKindRow] = [
        InformationKindRow(
            "1", .household,
            "住民基本台帳法第七条第四号に規定する事項",
            "The matters prescribed in Article 7, item (iv) of the Basic Resident Registration Act",
            law: "住民基本台帳法第七条第四号"),
        InformationKindRow(
            "2", .localTax,
            "地方税法その他の地方税に関する法律に基づく条例の規定により算定した税額若しくはその算定の基礎となる事項に関する情報",
            """
            Information on the amounts of tax calculated under prefectural and municipal ordinances based on the Local \
            Tax Act or other laws on local taxes, or on the matters on which that calculation is based
            """,
            law: "地方税法"),
    ]

    static let health: [InformationKindRow] = [
        InformationKindRow(
            "3-1", .medicalInsurance,
            "学校保健安全法による医療に要する費用についての援助に関する情報",
            "Information on aid for the costs of medical care under the School Health and Safety Act",
            law: "学校保健安全法"),
        InformationKindRow(
            "3-2", .medicalInsurance,
            "医療保険各法又は高齢者の医療の確保に関する法律による医療に関する給付の支給又は保険料の徴収に関する情報",
            """
            Information on the provision of medical benefits, or the collection of insurance premiums, under the \
            medical insurance acts or the Act on Assurance of Medical Care for Elderly People
            """,
            law: "医療保険各法・高齢者の医療の確保に関する法律"),
        InformationKindRow(
            "3-3", .medicalInsurance,
            "船員保険法による保険給付の支給に関する情報",
            "Information on the provision of insurance benefits under the Mariners Insurance Act",
            law: "船員保険法"),
        InformationKindRow(
            "3-4", .vaccination,
            "予防接種法による予防接種の実施に関する情報",
            "Information on vaccinations given under the Immunization Act",
            law: "予防接種法"),
        InformationKindRow(
            "3-5", .otherHealth,
            "国民健康保険法第五十六条第一項に規定する他の法令による給付の支給に関する情報",
            """
            Information on the provision of benefits under other laws and regulations as prescribed in Article 56, \
            paragraph (1) of the National Health Insurance Act
            """,
            law: "国民健康保険法第五十六条第一項"),
        InformationKindRow(
            "3-6", .otherHealth,
            "健康保険法第五十五条に規定する他の法令による給付の支給に関する情報",
            """
            Information on the provision of benefits under other laws and regulations as prescribed in Article 55 of \
            the Health Insurance Act
            """,
            law: "健康保険法第五十五条"),
        InformationKindRow(
            "3-7", .otherHealth,
            "健康保険法第百二十八条に規定する他の法令による給付の支給に関する情報",
            """
            Information on the provision of benefits under other laws and regulations as prescribed in Article 128 of \
            the Health Insurance Act
            """,
            law: "健康保険法第百二十八条"),
        InformationKindRow(
            "3-8", .otherHealth,
            "高齢者の医療の確保に関する法律第五十七条第一項に規定する他の法令による給付の支給に関する情報",
            """
            Information on the provision of benefits under other laws and regulations as prescribed in Article 57, \
            paragraph (1) of the Act on Assurance of Medical Care for Elderly People
            """,
            law: "高齢者の医療の確保に関する法律第五十七条第一項"),
        InformationKindRow(
            "3-9", .otherHealth,
            "障害者の日常生活及び社会生活を総合的に支援するための法律第七条に規定する他の法令により行われる給付の支給に関する情報",
            """
            Information on the provision of benefits made under other laws and regulations as prescribed in Article 7 \
            of the Act on Comprehensive Support for the Daily and Social Life of Persons with Disabilities
            """,
            law: "障害者の日常生活及び社会生活を総合的に支援するための法律第七条"),
        InformationKindRow(
            "3-10", .otherHealth,
            "児童福祉法第二十一条の五の三十に規定する他の法令による給付の支給に関する情報",
            """
            Information on the provision of benefits under other laws and regulations as prescribed in Article 21-5-30 \
            of the Child Welfare Act
            """,
            law: "児童福祉法第二十一条の五の三十"),
        InformationKindRow(
            "3-11", .otherHealth,
            "児童福祉法第二十四条の二十二に規定する他の法令による給付の支給に関する情報",
            """
            Information on the provision of benefits under other laws and regulations as prescribed in Article 24-22 \
            of the Child Welfare Act
            """,
            law: "児童福祉法第二十四条の二十二"),
        InformationKindRow(
            "3-12", .otherHealth,
            "雇用保険法第三十七条第八項に規定する他の法令による給付の支給に関する情報",
            """
            Information on the provision of benefits under other laws and regulations as prescribed in Article 37, \
            paragraph (8) of the Employment Insurance Act
            """,
            law: "雇用保険法第三十七条第八項"),
        InformationKindRow(
            "3-13", .otherHealth,
            "船員保険法第三十三条に規定する他の法令による給付の支給に関する情報",
            """
            Information on the provision of benefits under other laws and regulations as prescribed in Article 33 of \
            the Mariners Insurance Act
            """,
            law: "船員保険法第三十三条"),
        InformationKindRow(
            "3-14", .otherHealth,
            "介護保険法第二十条に規定する他の法令による給付の支給に関する情報",
            """
            Information on the provision of benefits under other laws and regulations as prescribed in Article 20 of \
            the Long-Term Care Insurance Act
            """,
            law: "介護保険法第二十条"),
        InformationKindRow(
            "3-15", .otherHealth,
            "精神保健及び精神障害者福祉に関する法律第三十条の二に規定する他の法律による医療に関する給付の支給に関する情報",
            """
            Information on the provision of medical benefits under other laws as prescribed in Article 30-2 of the Act \
            on Mental Health and Welfare for Persons with Mental Disorders or Disabilities
            """,
            law: "精神保健及び精神障害者福祉に関する法律第三十条の二"),
        InformationKindRow(
            "3-16", .otherHealth,
            """
            感染症の予防及び感染症の患者に対する医療に関する法律第三十九条第一項に規定する他の法律による医療に関する\
            給付の支給に関する情報
            """,
            """
            Information on the provision of medical benefits under other laws as prescribed in Article 39, paragraph \
            (1) of the Act on the Prevention of Infectious Diseases and Medical Care for Patients with Infectious \
            Diseases
            """,
            law: "感染症の予防及び感染症の患者に対する医療に関する法律第三十九条第一項"),
        InformationKindRow(
            "3-17", .otherHealth,
            "医療保険各法その他の法令による医療に関する給付の支給に関する情報",
            """
            Information on the provision of medical benefits under the medical insurance acts or other laws and \
            regulations
            """,
            law: "医療保険各法"),
        InformationKindRow(
            "3-18", .otherHealth,
            "児童福祉法第十九条の七に規定する他の法令による給付の支給に関する情報",
            """
            Information on the provision of benefits under other laws and regulations as prescribed in Article 19-7 of \
            the Child Welfare Act
            """,
            law: "児童福祉法第十九条の七"),
        InformationKindRow(
            "3-19", .otherHealth,
            "難病の患者に対する医療等に関する法律による特定医療費の支給に関する情報",
            """
            Information on the payment of specified medical expenses under the Act on Medical Care and Other Support \
            for Patients with Intractable Diseases
            """,
            law: "難病の患者に対する医療等に関する法律"),
        InformationKindRow(
            "3-20", .otherHealth,
            "難病の患者に対する医療等に関する法律第十二条に規定する他の法令による給付の支給に関する情報",
            """
            Information on the provision of benefits under other laws and regulations as prescribed in Article 12 of \
            the Act on Medical Care and Other Support for Patients with Intractable Diseases
            """,
            law: "難病の患者に対する医療等に関する法律第十二条"),
    ]
}
