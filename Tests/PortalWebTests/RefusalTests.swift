import HTTPTypes
import Portal
import Testing
import Web
import Wire

@testable import PortalWeb

@Suite("Refusals as pages")
struct RefusalTests {
    static let all: [PortalError] = [
        .loginUnknown, .loginUsed, .loginExpired, .otherBrowser, .evidenceRefused, .loginUnavailable, .presenceOver,
        .providerUnavailable, .coreUnavailable, .requestRefused, .answerRefused, .unknownEntry, .damagedRecord,
    ]

    @Test("each refusal says what happened and what to do, in both languages, without its code", arguments: all)
    func words(error: PortalError) {
        for page in [LoginRefusal(error).page, RefusalPages.page(for: error, retry: "/history")] {
            #expect(Int(page.status.code) == error.problem.status)
            for language in Language.allCases {
                let text = page.content.render(Rendering(language: language))
                #expect(text.split(separator: "<p>").count >= 3, "why, and what next")
                #expect(text.contains("<h1>\(page.title[language])</h1>"))
                #expect(!text.contains(error.rawValue))
                for word in ["エラーが発生", "不正な", "申し訳", "sorry", "\(error.problem.status)"] {
                    #expect(!text.contains(word), "\(word)")
                }
            }
        }
    }

    @Test("a login that failed always offers to begin again", arguments: all)
    func again(error: PortalError) {
        let text = LoginRefusal(error).page.content.render(Rendering(language: .ja))
        #expect(text.contains("href=\"/login\""))
    }
}
