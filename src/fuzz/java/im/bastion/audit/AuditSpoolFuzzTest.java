// SPDX-License-Identifier: Apache-2.0
package im.bastion.audit;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Whatever is in the spool's file: reading ends, gives at most what is there, and every byte is read or counted. */
class AuditSpoolFuzzTest {
    @FuzzTest
    void anyFileIsReadToItsEnd(byte[] content) throws IOException {
        Path file = Files.createTempFile("bastion-spool", ".fuzz");
        try (AuditSpool spool = new AuditSpool(file, Long.MAX_VALUE)) {
            Files.write(file, content);
            long accounted = 0;
            for (AuditSpool.Records read = spool.read(3); read.end() > 0; read = spool.read(3)) {
                accounted += read.damagedBytes();
                for (byte[] payload : read.payloads()) {
                    accounted += 12 + payload.length;
                    decode(payload);
                }
                spool.confirm(read.end());
                if (spool.waitingBytes() == 0) {
                    break;
                }
            }
            if (accounted != content.length) {
                throw new AssertionError(accounted + " of " + content.length + " bytes accounted for");
            }
        } finally {
            Files.delete(file);
        }
    }

    @FuzzTest
    void anyRecordIsAnEntryOrRefused(byte[] payload) {
        decode(payload);
    }

    private static void decode(byte[] payload) {
        try {
            PendingEntry entry = EntryCodec.decode(payload);
            if (!EntryCodec.decode(EntryCodec.encode(entry)).equals(entry)) {
                throw new AssertionError("Not the same again: " + entry);
            }
        } catch (IllegalArgumentException e) {
            // The only way it may refuse.
        }
    }
}
