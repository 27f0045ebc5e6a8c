import Contracts
import Foundation
import PortableSQL
import Testing
import Values
import WireHTTP

@testable import Nation

extension WholeNation {
    /// The same nation in two processes, which call each other over mutual TLS.
    @Suite("Two processes")
    struct TwoProcessTests {}
}

extension WholeNation.TwoProcessTests {
    @Test("the journey through the portal's pages reaches the local tax record over mutual TLS")
    func journey() async throws {
        try await withNationFolder { folder in
            let (configuration, ports) = try folder.onFreePorts()
            let names = try configuration.institutions.map(\.text)
            let front = names.filter { $0 == "portal" || $0.hasPrefix("agency-gateway-") }
            let back = names.filter { !front.contains($0) }
            let first = try ServedNation(folder.root, only: front)
            defer { first.kill() }
            let second = try ServedNation(folder.root, only: back)
            defer { second.kill() }
            try await first.waitUntilListening(front.compactMap { ports[$0] } + [configuration.portal.port])
            try await second.waitUntilListening(back.compactMap { ports[$0] })
            let driver = try PortalDriver(folder)
            try await driver.logIn("hanako", at: FileClock(folder).now())
            let gateway = try Demo.gateway(Demo.shiomi.text)
            let page = try await driver.localTax(year: 2026, from: gateway)
            for item in LocalTaxItem.allCases { #expect(page.contains(item.code)) }
            let file = try await driver.localTax(year: 2026, from: gateway, asCSV: true)
            #expect(file.contains("4150000"))
            let history = try await driver.get("/history")
            #expect(history.status == 200 && history.body.contains("/history/portal/"))
            await driver.close()
        }
    }

    @Test("with the other process gone the portal says so, and answers again when it is back")
    func neighbourGone() async throws {
        try await withNationFolder { folder in
            let (configuration, ports) = try folder.onFreePorts()
            let names = try configuration.institutions.map(\.text)
            let (front, back) = (["portal"], names.filter { $0 != "portal" })
            let portal = try ServedNation(folder.root, only: front)
            defer { portal.kill() }
            try await portal.waitUntilListening([configuration.portal.port])
            let driver = try PortalDriver(folder)
            let error = await #expect(throws: DriverFailure.self) {
                try await driver.logIn("hanako", at: FileClock(folder).now())
            }
            #expect(error?.status == 503)
            let others = try ServedNation(folder.root, only: back)
            defer { others.kill() }
            try await others.waitUntilListening(back.compactMap { ports[$0] })
            try await driver.logIn("hanako", at: FileClock(folder).now())
            let page = try await driver.localTax(year: 2026, from: Demo.gateway(Demo.shiomi.text))
            #expect(page.contains(LocalTaxItem.salaryReceived.code))
            await driver.close()
        }
    }
}

extension NationFolder {
    /// Gives the portal and every institution a port that is free now, in `nation.json`.
    func onFreePorts() throws -> (NationConfiguration, ports: [String: Int]) {
        var configuration = try configuration()
        let names = try configuration.institutions.map(\.text)
        let free = try Ports.free(names.count + 1)
        configuration.portal.port = free[names.count]
        let ports = Dictionary(uniqueKeysWithValues: zip(names, free))
        configuration.addresses = ports.mapValues { ServiceAddress(host: "127.0.0.1", port: $0) }
        try write(configuration)
        return (configuration, ports)
    }
}
