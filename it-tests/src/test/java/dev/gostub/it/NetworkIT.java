package dev.gostub.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import dev.gostub.limit.TimeLimit;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Go programs that serve the world outside, and that are its clients: all on loopback addresses. */
class NetworkIT {
    private static final String GO = "1.26.0";
    private static final Pattern PUBLISHED = Pattern.compile("published 127\\.0\\.0\\.1:(\\d+) as port 8080");
    private static final Pattern SERVING = Pattern.compile("serving\\R");
    private static Path web;

    @BeforeAll
    static void build() throws IOException, InterruptedException {
        web = GoPrograms.debuggable(GO, "web");
    }

    private static Running run(List<String> options, String... arguments) throws IOException {
        List<String> words =
                new ArrayList<>(List.of(Subject.HOME.resolve("gostub").toString(), "run"));
        words.addAll(options);
        words.add(web.toString());
        words.addAll(List.of(arguments));
        return Running.start(new ProcessBuilder(words));
    }

    private static int published(Running server) throws InterruptedException {
        return Integer.parseInt(server.err.await(PUBLISHED, 0).group(1));
    }

    private static HttpRequest request(int port, String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(TimeLimit.ANSWER.here())
                .build();
    }

    private static HttpClient client() {
        return HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    }

    private static String get(HttpClient client, int port, String path) throws IOException, InterruptedException {
        return client.send(request(port, path), HttpResponse.BodyHandlers.ofString())
                .body();
    }

    @Test
    void serverAnswersClientsOfTheHostAndEndsWithItsAnswerSent() throws IOException, InterruptedException {
        try (Running server = run(List.of("--publish", "0:8080"), "serve", "127.0.0.1:8080");
                HttpClient client = client()) {
            int port = published(server);
            assertEquals("hello you by HTTP/1.1\n", get(client, port, "/greet?name=you"));
            assertEquals(3_000_000, get(client, port, "/big?size=3000000").length());
            HttpRequest upload = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/count"))
                    .POST(HttpRequest.BodyPublishers.ofByteArray(new byte[3_000_000]))
                    .build();
            assertEquals(
                    "3000000 <nil>\n",
                    client.send(upload, HttpResponse.BodyHandlers.ofString()).body());
            assertEquals("served 1\n", get(client, port, "/quit"));
            assertEquals(0, server.exit());
            assertEquals("serving\nserved 1\n", server.out.text());
        }
    }

    @Test
    void thousandRequestsAreServedOverFiftyConnections() throws IOException, InterruptedException {
        try (Running server = run(List.of("--publish", "0:8080"), "serve", ":8080");
                HttpClient client = client()) {
            int port = published(server);
            server.out.await(SERVING, 0);
            List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
            for (int i = 0; i < 1000; i++) {
                if (i >= 50) {
                    answers.get(i - 50).join();
                }
                answers.add(client.sendAsync(request(port, "/greet?name=" + i), HttpResponse.BodyHandlers.ofString()));
            }
            for (int i = 0; i < 1000; i++) {
                assertEquals(
                        "hello " + i + " by HTTP/1.1\n", answers.get(i).join().body());
            }
            assertEquals("served 1000\n", get(client, port, "/quit"));
        }
    }

    @Test
    void clientsOfAServerThatIsStoppedInItsHandlerWaitAndAreServed() throws IOException, InterruptedException {
        ProcessBuilder builder = Subject.chosen()
                .debug(List.of("--publish", "0:8080"), GoCase.COMMON, web.toString(), List.of("serve", ":8080"));
        try (Server server = Server.start(builder);
                GdbSession gdb = GdbSession.connect(web, server);
                HttpClient client = client()) {
            int port = published(server.process);
            gdb.type("break main.greet");
            int running = gdb.begin("continue");
            server.process.out.await(SERVING, 0);
            List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                answers.add(client.sendAsync(request(port, "/greet?name=" + i), HttpResponse.BodyHandlers.ofString()));
            }
            assertTrue(gdb.finish(running).contains("main.greet"));
            assertTrue(gdb.type("next").contains("main.go")
                    || gdb.type("info line").contains("main.go"));
            assertTrue(gdb.type("next").length() > 0);
            gdb.type("delete");
            int rest = gdb.begin("continue");
            for (int i = 0; i < 3; i++) {
                assertEquals(
                        "hello " + i + " by HTTP/1.1\n", answers.get(i).join().body());
            }
            get(client, port, "/quit");
            assertTrue(gdb.finish(rest).contains("exited normally"));
        }
    }

    @Test
    void dlvStopsInTheHandlerWhileClientsWait() throws IOException, InterruptedException {
        Path tool = Tool.needDlvOfToday();
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        List<String> options = List.of("--publish", port + ":8080");
        try (DlvSession dlv = DlvSession.exec(tool, options, web, "serve", ":8080");
                HttpClient client = client()) {
            dlv.type("break main.greet");
            dlv.begin("continue");
            dlv.await("serving");
            List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                answers.add(client.sendAsync(request(port, "/greet?name=" + i), HttpResponse.BodyHandlers.ofString()));
            }
            assertTrue(dlv.finish().contains("main.greet"));
            dlv.type("clearall");
            assertTrue(dlv.type("print r.URL.Path").contains("/greet"));
            dlv.begin("continue");
            for (int i = 0; i < 3; i++) {
                assertEquals("hello " + i + " by HTTP/1.1\n", answers.get(i).join().body());
            }
            get(client, port, "/quit");
            assertTrue(dlv.finish().contains("exited with status 0"));
        }
    }

    @Test
    void connectionThatWasUpgradedCarriesLinesBothWays() throws IOException, InterruptedException {
        try (Running server = run(List.of("--publish", "0:8080"), "serve", ":8080");
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), published(server))) {
            OutputStream out = socket.getOutputStream();
            out.write("GET /echo HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: lines\r\n\r\n"
                    .getBytes(StandardCharsets.ISO_8859_1));
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
            assertEquals("HTTP/1.1 101 Switching Protocols", in.readLine());
            assertEquals("Upgrade: lines", in.readLine());
            assertEquals("Connection: Upgrade", in.readLine());
            assertEquals("", in.readLine());
            for (int i = 0; i < 20; i++) {
                out.write(("line " + i + "\n").getBytes(StandardCharsets.ISO_8859_1));
                assertEquals("<line " + i + ">", in.readLine());
            }
            socket.shutdownOutput();
            assertEquals(null, in.readLine());
        }
    }

    @Test
    void http2OverTlsWorksBothWays() throws IOException, InterruptedException {
        try (Running server = run(List.of("--publish", "0:8080"), "tls", ":8080")) {
            int port = published(server);
            server.out.await(SERVING, 0);
            String url = "https://127.0.0.1:" + port;
            try (Running client = run(List.of("--net"), "get", url + "/greet?name=h2", url + "/big?size=1000000")) {
                assertEquals(0, client.exit(), () -> client.what("failed"));
                assertTrue(client.out.text().startsWith("200 HTTP/2.0 21 hello h2 by HTTP/2.0\n"), client.out::text);
                assertTrue(client.out.text().contains("\n200 HTTP/2.0 1000000 abc"), client.out::text);
            }
        }
    }

    @Test
    void clientReachesServersOfTheHostByNameAndOnlyThoseThatAreAllowed() throws IOException, InterruptedException {
        HttpServer host = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        host.createContext("/", exchange -> {
            byte[] body = "from the host".getBytes(StandardCharsets.ISO_8859_1);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        host.start();
        int port = host.getAddress().getPort();
        try (Running client = run(List.of("--net"), "get", "http://localhost:" + port + "/");
                Running allowed = run(List.of("--net", "127.0.0.1:" + port), "get", "http://127.0.0.1:" + port + "/");
                Running other = run(List.of("--net=127.0.0.1:1"), "get", "http://127.0.0.1:" + port + "/");
                Running closed = run(List.of(), "get", "http://127.0.0.1:" + port + "/")) {
            assertEquals(0, client.exit(), () -> client.what("failed"));
            assertEquals("200 HTTP/1.1 13 from the host\n", client.out.text());
            assertEquals(0, allowed.exit(), () -> allowed.what("failed"));
            assertEquals(1, other.exit());
            assertTrue(other.err.text().contains("connection refused"), other.err::text);
            assertEquals(1, closed.exit());
            assertTrue(closed.err.text().contains("connection refused"), closed.err::text);
        } finally {
            host.stop(0);
        }
    }

    /** As a database on the host is spoken to. */
    @Test
    void linesGoToAServerOfTheHostAndBack() throws IOException, InterruptedException {
        try (ServerSocket database = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Thread serving = Thread.ofPlatform().daemon().start(() -> answer(database));
            try (Running client =
                    run(List.of("--net"), "lines", "127.0.0.1:" + database.getLocalPort(), "PING", "GET a")) {
                assertEquals(0, client.exit(), () -> client.what("failed"));
                assertEquals("\"+PING\\n\"\n\"+GET a\\n\"\n", client.out.text());
            }
            serving.interrupt();
        }
    }

    private static void answer(ServerSocket database) {
        try (Socket socket = database.accept()) {
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                socket.getOutputStream().write(("+" + line + "\n").getBytes(StandardCharsets.ISO_8859_1));
            }
        } catch (IOException closed) {
            throw new UncheckedIOException(closed);
        }
    }

    @Test
    void portThatIsTakenAndBadOptionsAreToldInOneLine() throws IOException, InterruptedException {
        try (ServerSocket taken = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            String port = Integer.toString(taken.getLocalPort());
            assertRefused("--publish", port + ":80", "cannot publish 127.0.0.1:" + port);
            assertRefused("--publish", "0", "say which port of the program");
            assertRefused("--publish", "80x", "bad --publish '80x'");
            assertRefused("--publish", "70000", "a port is at most 65535");
            assertRefused("--net=nowhere", "", "bad --net 'nowhere'");
            assertRefused("--net=no.such.host.invalid:80", "", "no address is known for 'no.such.host.invalid'");
        }
    }

    private static void assertRefused(String option, String value, String part)
            throws IOException, InterruptedException {
        List<String> options = value.isEmpty() ? List.of(option) : List.of(option, value);
        try (Running refused = run(options, "serve", ":80")) {
            assertEquals(2, refused.exit(), () -> refused.what("did not refuse"));
            assertTrue(refused.err.text().contains(part), refused.err::text);
            assertEquals(1, refused.err.text().lines().count(), refused.err::text);
        }
    }
}
