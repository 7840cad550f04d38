// SPDX-License-Identifier: Apache-2.0
package im.bastion.audit.keylog;

import static org.awaitility.Awaitility.await;

import im.bastion.audit.AuditEvent;
import im.bastion.host.Database;
import im.bastion.metric.Counters;
import im.bastion.metric.Health;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** What the tests of the key log are made of. */
final class KeyLogFixtures {
    static final String ORIGIN = "home.example/omemo-keys";
    static final String ROMEO = "romeo@home.example";
    static final String JULIET = "juliet@home.example";
    static final Duration PATIENCE = Duration.ofSeconds(30);

    private KeyLogFixtures() {}

    /** A clock that stands where it was put. */
    static final class Hand extends Clock {
        volatile Instant now = Instant.parse("2026-11-24T20:00:00Z");

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    /** A board that remembers. */
    static final class MemoryBoard implements HeadBoard {
        final List<SignedHead> posted = Collections.synchronizedList(new ArrayList<>());

        @Override
        public void post(SignedHead head) {
            posted.add(head);
        }

        @Override
        public List<String> notes() {
            return posted.stream().map(SignedHead::toText).toList();
        }
    }

    /** One node with its log. */
    static final class Node implements AutoCloseable {
        final Health health = new Health(Clock.systemUTC());
        final List<AuditEvent> audit = Collections.synchronizedList(new ArrayList<>());
        final Counters counters = new Counters();
        final KeyLog log;

        Node(Database database, Path folder, HeadBoard board, Clock clock) {
            log = new KeyLog(new KeyLogContext(database, folder, ORIGIN, board, audit::add, health, counters, clock));
        }

        /** Waits until a head is about at least so many leaves. */
        SignedHead awaitHead(long size) {
            await().atMost(PATIENCE).until(() -> log.status().size() >= size);
            return log.status().head();
        }

        @Override
        public void close() {
            log.close();
        }
    }

    static KeyEvent event(String account, int device) {
        return event(account, device, KeyEvent.Kind.DEVICE_LISTED);
    }

    static KeyEvent event(String account, int device, KeyEvent.Kind kind) {
        return new KeyEvent(
                Instant.parse("2026-11-24T20:00:00Z").plusMillis(device),
                kind,
                account,
                "urn:xmpp:omemo:2",
                device,
                kind == KeyEvent.Kind.DEVICE_LISTED ? "" : "ab".repeat(32),
                kind == KeyEvent.Kind.SIGNED_PREKEY_CHANGED ? 7 : KeyEvent.NO_PREKEY,
                account + "/phone");
    }

    /** What the stand-alone verifier says, its exit code as the last line. */
    static String verify(Object... words) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int code = VerifyKeylog.run(
                Arrays.stream(words).map(String::valueOf).toList(), new PrintStream(out, true, StandardCharsets.UTF_8));
        return out.toString(StandardCharsets.UTF_8) + "exit " + code;
    }

    static Path export(KeyLog log, Path file) throws Exception {
        StringBuilder text = new StringBuilder();
        if (!log.export(text)) {
            throw new AssertionError("There is no head yet");
        }
        return Files.writeString(file, text);
    }

    static Path proof(KeyLog log, String account, long since, Path file) throws Exception {
        StringBuilder text = new StringBuilder();
        if (!log.proof(account, since, text)) {
            throw new AssertionError("There is no proof");
        }
        return Files.writeString(file, text);
    }
}
