/// Fields 4 and 5: children and child-rearing, welfare and long-term care.
extension InformationKindRow {
    static let children: [InformationKindRow] = [
        InformationKindRow(
            "4-1", .childSupport,
            "児童手当法による児童手当若しくは特例給付の支給に関する情報",
            "Information on the payment of child allowances or special benefits under the Child Allowance Act",
            law: "児童手当法"),
        InformationKindRow(
            "4-2", .singleParents,
            "児童扶養手当法による児童扶養手当の支給に関する情報",
            "Information on the payment of child rearing allowances under the Child Rearing Allowance Act",
            law: "児童扶養手当法"),
        InformationKindRow(
            "4-3", .singleParents,
            "母子及び父子並びに寡婦福祉法による給付金の支給に関する情報",
            """
            Information on the payment of benefits under the Act on the Welfare of Mothers with Dependents, Fathers \
            with Dependents, and Widows
            """,
            law: "母子及び父子並びに寡婦福祉法"),
        InformationKindRow(
            "4-4", .singleParents,
            "児童福祉法による母子生活支援施設における保護の実施に関する情報",
            """
            Information on protection given in living support facilities for mothers and children under the Child \
            Welfare Act
            """,
            law: "児童福祉法"),
        InformationKindRow(
            "4-5", .singleParents,
            "母子及び父子並びに寡婦福祉法による資金の貸付けに関する情報",
            """
            Information on loans of funds under the Act on the Welfare of Mothers with Dependents, Fathers with \
            Dependents, and Widows
            """,
            law: "母子及び父子並びに寡婦福祉法"),
        InformationKindRow(
            "4-6", .maternalHealth,
            "母子保健法による養育医療の給付又は養育医療に要する費用の支給に関する情報",
            """
            Information on the provision of medical care for premature infants, or the payment of its costs, under the \
            Maternal and Child Health Act
            """,
            law: "母子保健法"),
        InformationKindRow(
            "4-7", .maternalHealth,
            "母子保健法による妊娠の届出に関する情報",
            "Information on notifications of pregnancy under the Maternal and Child Health Act",
            law: "母子保健法"),
        InformationKindRow(
            "4-8", .education,
            "高等学校等就学支援金の支給に関する法律による就学支援金の支給に関する情報",
            """
            Information on the payment of tuition support funds under the Act on the Payment of Tuition Support Funds \
            for High Schools and Other Schools
            """,
            law: "高等学校等就学支援金の支給に関する法律"),
        InformationKindRow(
            "4-9", .education,
            "特別支援学校への就学奨励に関する法律による特別支援学校への就学のため必要な経費の支弁に関する情報",
            """
            Information on the payment of the expenses necessary for attending special needs schools under the Act on \
            the Promotion of Attendance at Special Needs Schools
            """,
            law: "特別支援学校への就学奨励に関する法律"),
        InformationKindRow(
            "4-10", .otherChildren,
            "児童福祉法による小児慢性特定疾病医療費、療育の給付若しくは障害児入所給付費の支給に関する情報",
            """
            Information on the payment of medical expenses for specified chronic childhood diseases, the provision of \
            medical treatment and education, or the payment of benefits for residential care of children with \
            disabilities, under the Child Welfare Act
            """,
            law: "児童福祉法"),
        InformationKindRow(
            "4-11", .otherChildren,
            """
            児童福祉法による障害児入所支援、小児慢性特定疾病医療費の支給若しくは措置（同法第二十七条第一項第三号又は\
            第二項の措置をいう。）に関する情報
            """,
            """
            Information on residential support for children with disabilities, the payment of medical expenses for \
            specified chronic childhood diseases, or measures (meaning those of Article 27, paragraph (1), item (iii) \
            or paragraph (2) of the Act), under the Child Welfare Act
            """,
            law: "児童福祉法・同法第二十七条第一項第三号・同条第二項"),
    ]

    static let welfare: [InformationKindRow] = [
        InformationKindRow(
            "5-1", .disability,
            "障害者の日常生活及び社会生活を総合的に支援するための法律による自立支援給付の支給に関する情報",
            """
            Information on the provision of benefits supporting independence under the Act on Comprehensive Support \
            for the Daily and Social Life of Persons with Disabilities
            """,
            law: "障害者の日常生活及び社会生活を総合的に支援するための法律"),
        InformationKindRow(
            "5-2", .disability,
            "障害者の日常生活及び社会生活を総合的に支援するための法律による療養介護若しくは施設入所支援に関する情報",
            """
            Information on medical long-term care or support for residents of facilities under the Act on \
            Comprehensive Support for the Daily and Social Life of Persons with Disabilities
            """,
            law: "障害者の日常生活及び社会生活を総合的に支援するための法律"),
        InformationKindRow(
            "5-3", .disability,
            "児童福祉法による障害児通所支援に関する情報",
            "Information on outpatient support for children with disabilities under the Child Welfare Act",
            law: "児童福祉法"),
        InformationKindRow(
            "5-4", .disability,
            """
            身体障害者福祉法による身体障害者手帳、精神保健及び精神障害者福祉に関する法律による精神障害者保健福祉手帳\
            若しくは知的障害者福祉法にいう知的障害者に関する情報
            """,
            """
            Information on certificates of physical disability under the Act on the Welfare of Persons with Physical \
            Disabilities, on health and welfare certificates of mental disorder under the Act on Mental Health and \
            Welfare for Persons with Mental Disorders or Disabilities, or on persons with intellectual disabilities as \
            meant in the Act on the Welfare of Persons with Intellectual Disabilities
            """,
            law: "身体障害者福祉法・精神保健及び精神障害者福祉に関する法律・知的障害者福祉法"),
        InformationKindRow(
            "5-5", .disability,
            """
            児童福祉法による障害児入所支援若しくは措置（同法第二十七条第一項第三号の措置をいう。）に関する情報
            """,
            """
            Information on residential support for children with disabilities or measures (meaning those of Article \
            27, paragraph (1), item (iii) of the Act), under the Child Welfare Act
            """,
            law: "児童福祉法・同法第二十七条第一項第三号"),
        InformationKindRow(
            "5-6", .disability,
            """
            児童福祉法による障害児入所支援、措置（同法第二十七条第一項第三号若しくは第二項又は第二十七条の二第一項の\
            措置をいう。）若しくは日常生活上の援助及び生活指導並びに就業の支援の実施に関する情報
            """,
            """
            Information on residential support for children with disabilities, measures (meaning those of Article 27, \
            paragraph (1), item (iii) or paragraph (2), or Article 27-2, paragraph (1) of the Act), or the giving of \
            help in daily life, guidance for living and support for work, under the Child Welfare Act
            """,
            law: "児童福祉法・同法第二十七条第一項第三号・同条第二項・第二十七条の二第一項"),
        InformationKindRow(
            "5-7", .disability,
            "特別児童扶養手当等の支給に関する法律による特別児童扶養手当の支給に関する情報",
            """
            Information on the payment of special child rearing allowances under the Act on the Payment of Special \
            Child Rearing Allowances and Other Allowances
            """,
            law: "特別児童扶養手当等の支給に関する法律"),
        InformationKindRow(
            "5-8", .disability,
            """
            特別児童扶養手当等の支給に関する法律による障害児福祉手当若しくは特別障害者手当又は昭和六十年法律第三十四号\
            附則第九十七条第一項の福祉手当の支給に関する情報
            """,
            """
            Information on the payment of welfare allowances for children with disabilities or special allowances for \
            persons with disabilities under the Act on the Payment of Special Child Rearing Allowances and Other \
            Allowances, or of the welfare allowance of Article 97, paragraph (1) of the Supplementary Provisions of \
            Act No. 34 of 1985
            """,
            law: "特別児童扶養手当等の支給に関する法律・昭和六十年法律第三十四号附則第九十七条第一項"),
        InformationKindRow(
            "5-9", .publicAssistance,
            "生活保護法による保護の実施若しくは就労自立給付金若しくは進学準備給付金の支給に関する情報",
            """
            Information on the giving of assistance, or the payment of benefits for independence through work or \
            benefits for preparing for higher education, under the Public Assistance Act
            """,
            law: "生活保護法"),
        InformationKindRow(
            "5-10", .publicAssistance,
            "年金生活者支援給付金の支給に関する法律による年金生活者支援給付金の支給に関する情報",
            """
            Information on the payment of support benefits for pensioners under the Act on the Payment of Support \
            Benefits for Pensioners
            """,
            law: "年金生活者支援給付金の支給に関する法律"),
        InformationKindRow(
            "5-11", .returneesFromChina,
            "中国残留邦人等支援給付等の支給に関する情報",
            """
            Information on the payment of support benefits and the like for Japanese nationals who remained in China \
            and others
            """,
            law: "中国残留邦人等の円滑な帰国の促進並びに永住帰国した中国残留邦人等及び特定配偶者の自立の支援に関する法律"),
        InformationKindRow(
            "5-12", .returneesFromChina,
            """
            中国残留邦人等の円滑な帰国の促進並びに永住帰国した中国残留邦人等及び特定配偶者の自立の支援に関する法律による\
            永住帰国旅費、自立支度金、一時金、一時帰国旅費又は中国残留邦人等支援給付等の支給に関する情報
            """,
            """
            Information on the payment of travel expenses for permanent return, preparation grants for independence, \
            lump-sum grants, travel expenses for temporary return, or support benefits and the like for Japanese \
            nationals who remained in China and others, under the Act on the Promotion of the Smooth Return of \
            Japanese Nationals Who Remained in China and Others and on Support for the Independence of Those Who Have \
            Returned Permanently and of Specified Spouses
            """,
            law: "中国残留邦人等の円滑な帰国の促進並びに永住帰国した中国残留邦人等及び特定配偶者の自立の支援に関する法律"),
        InformationKindRow(
            "5-13", .longTermCare,
            "介護保険法による保険給付の支給、地域支援事業の実施若しくは保険料の徴収に関する情報",
            """
            Information on the provision of insurance benefits, the operation of community support projects, or the \
            collection of insurance premiums, under the Long-Term Care Insurance Act
            """,
            law: "介護保険法"),
    ]
}
