// SPDX-License-Identifier: Apache-2.0
package im.bastion.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditSpoolTest {
    private static final long ROOMY = 1024 * 1024;

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void nameTheFile() {
        file = folder.resolve("not yet there").resolve("audit.spool");
    }

    @Test
    void givesBackInOrderUntilConfirmed() throws IOException {
        try (AuditSpool spool = new AuditSpool(file, ROOMY)) {
            assertThat(spool.append(records("a", "b", "c"))).isTrue();
            AuditSpool.Records first = spool.read(2);
            assertThat(texts(first)).containsExactly("a", "b");
            assertThat(texts(spool.read(2))).containsExactly("a", "b");
            spool.confirm(first.end());
            assertThat(texts(spool.read(2))).containsExactly("c");
        }
    }

    @Test
    void keepsRecordsOverARestartAndWritesBehindThem() throws IOException {
        write("a", "b");
        try (AuditSpool spool = new AuditSpool(file, ROOMY)) {
            spool.append(records("c"));
            assertThat(texts(spool.read(10))).containsExactly("a", "b", "c");
        }
    }

    @Test
    void takesNoMoreThanItsLimitAndAllOrNothing() throws IOException {
        try (AuditSpool spool = new AuditSpool(file, 100)) {
            assertThat(spool.append(records("x".repeat(60)))).isTrue();
            assertThat(spool.append(records("y", "y".repeat(40)))).isFalse();
            assertThat(texts(spool.read(10))).containsExactly("x".repeat(60));
            assertThat(Files.size(file)).isLessThanOrEqualTo(100);
            spool.appendBeyondTheLimit("z".repeat(90).getBytes(UTF_8));
            assertThat(spool.read(10).payloads()).hasSize(2);
        }
    }

    @Test
    void isEmptiedWhenAllIsConfirmed() throws IOException {
        try (AuditSpool spool = new AuditSpool(file, ROOMY)) {
            spool.append(records("a", "b"));
            spool.trim();
            assertThat(texts(spool.read(10))).containsExactly("a", "b");
            spool.confirm(spool.read(10).end());
            assertThat(spool.waitingBytes()).isZero();
            spool.trim();
            assertThat(Files.size(file)).isZero();
            spool.append(records("c"));
            assertThat(texts(spool.read(10))).containsExactly("c");
        }
    }

    /** A crash may cut the file anywhere. */
    @Test
    void whatIsWholeSurvivesACutAtAnyByte() throws IOException {
        write("first", "second");
        byte[] whole = Files.readAllBytes(file);
        for (int length = 0; length <= whole.length; length++) {
            Files.write(file, Arrays.copyOf(whole, length));
            try (AuditSpool spool = new AuditSpool(file, ROOMY)) {
                spool.append(records("third"));
                AuditSpool.Records read = spool.read(10);
                int secondFrom = 12 + "first".length();
                List<String> expected = new ArrayList<>();
                if (length >= secondFrom) {
                    expected.add("first");
                }
                if (length == whole.length) {
                    expected.add("second");
                }
                expected.add("third");
                assertThat(texts(read)).as("cut at " + length).isEqualTo(expected);
                boolean isBetweenRecords = length == 0 || length == secondFrom || length == whole.length;
                assertThat(read.damagedBytes() == 0).as("cut at " + length).isEqualTo(isBetweenRecords);
            }
        }
    }

    @Test
    void stepsOverAFlippedBitAndCountsTheRecordItSpoils() throws IOException {
        write("first", "second", "third");
        byte[] whole = Files.readAllBytes(file);
        for (int i = 0; i < whole.length; i++) {
            byte[] flipped = whole.clone();
            flipped[i] ^= 0x10;
            Files.write(file, flipped);
            try (AuditSpool spool = new AuditSpool(file, ROOMY)) {
                AuditSpool.Records read = spool.read(10);
                assertThat(read.payloads()).as("bit in byte " + i).hasSize(2);
                assertThat(read.damagedBytes()).isBetween(12L + 5, 12L + 6);
            }
        }
    }

    @Test
    void readsAcrossTheWindow() throws IOException {
        List<String> large = IntStream.range(0, 40)
                .mapToObj(i -> i + "x".repeat(EntryCodec.MAX_BYTES - 10))
                .toList();
        write(large.toArray(String[]::new));
        Files.write(file, new byte[100_000], StandardOpenOption.APPEND);
        write("after");
        try (AuditSpool spool = new AuditSpool(file, Long.MAX_VALUE)) {
            List<String> found = new ArrayList<>();
            long damaged = 0;
            for (AuditSpool.Records read = spool.read(7); spool.waitingBytes() > 0; read = spool.read(7)) {
                found.addAll(texts(read));
                damaged += read.damagedBytes();
                spool.confirm(read.end());
            }
            assertThat(found).hasSize(41).startsWith(large.get(0)).endsWith("after");
            assertThat(damaged).isEqualTo(100_000);
        }
    }

    @Test
    void belongsToOneAtATime() throws IOException {
        AuditSpool first = new AuditSpool(file, ROOMY);
        try (AuditSpool other = new AuditSpool(file, ROOMY)) {
            try (first) {
                first.append(records("a"));
                assertThatThrownBy(() -> other.append(records("b"))).hasMessageContaining("in use by another Bastion");
            }
            assertThat(other.append(records("b"))).isTrue();
            assertThatThrownBy(() -> first.append(records("c"))).hasMessageContaining("was closed");
        }
    }

    private void write(String... texts) throws IOException {
        try (AuditSpool spool = new AuditSpool(file, Long.MAX_VALUE)) {
            spool.append(records(texts));
        }
    }

    private static List<byte[]> records(String... texts) {
        return Arrays.stream(texts).map(text -> text.getBytes(UTF_8)).toList();
    }

    private static List<String> texts(AuditSpool.Records records) {
        return records.payloads().stream()
                .map(bytes -> new String(bytes, UTF_8))
                .toList();
    }
}
