// SPDX-License-Identifier: Apache-2.0
package im.bastion.audit.keylog;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * Checks a file that the key log exported, with nothing but that file: {@code java -cp bastion.jar
 * im.bastion.audit.keylog.VerifyKeylog FILE [--earlier HEAD]… [--account PROOF] [--key KEY]}. Exits with 0 when all holds,
 * 1 when something does not, 2 when the files cannot be read.
 */
public final class VerifyKeylog {
    private static final String USAGE =
            """
            verify-keylog FILE [--earlier HEAD]... [--account PROOF] [--key KEY]

            FILE             the whole log, or the proof of one account, as exported
            --earlier HEAD   a head that was kept before: does the log continue it?
            --account PROOF  with a whole log: are the account's events in it as told, and no others?
            --key KEY        the key the log must begin with, as its operator tells it
            """;

    private final List<SignedHead> earlier = new ArrayList<>();
    private final Findings findings = new Findings();
    private Path file;
    private Path account;
    private String key;

    private VerifyKeylog() {}

    public static void main(String[] args) {
        System.exit(run(List.of(args), System.out));
    }

    /** Does what the words ask for and answers the exit code. */
    static int run(List<String> words, PrintStream out) {
        VerifyKeylog verification = new VerifyKeylog();
        try {
            if (!verification.understands(words)) {
                out.print(USAGE);
                return 2;
            }
            verification.verify();
        } catch (IOException | IllegalArgumentException e) {
            verification.findings.lines().forEach(out::println);
            out.println("The file cannot be read: " + e.getMessage());
            return 2;
        }
        verification.findings.lines().forEach(out::println);
        out.println(verification.findings.allHold() ? "Everything holds." : "Something does not hold.");
        return verification.findings.allHold() ? 0 : 1;
    }

    private boolean understands(List<String> words) throws IOException {
        Iterator<String> rest = words.iterator();
        while (rest.hasNext()) {
            String word = rest.next();
            if (word.startsWith("--")) {
                if (!rest.hasNext() || !understands(word, rest.next())) {
                    return false;
                }
            } else if (file == null) {
                file = Path.of(word);
            } else {
                return false;
            }
        }
        return file != null;
    }

    private boolean understands(String option, String value) throws IOException {
        switch (option) {
            case "--earlier" -> earlier.add(SignedHead.parse(text(Path.of(value))));
            case "--account" -> account = Path.of(value);
            case "--key" -> key = value;
            default -> {
                return false;
            }
        }
        return true;
    }

    private void verify() throws IOException {
        AccountProof proof = account == null ? null : proof(account);
        try (Reader in = reader(file)) {
            ExportLines lines = new ExportLines(in);
            if (!lines.next()) {
                throw lines.complaint("is missing");
            }
            switch (lines.text()) {
                case Export.LOG -> new LogVerification(findings, earlier, proof, key()).verify(lines);
                case Export.PROOF -> AccountProof.read(lines).verify(findings, earlier, key());
                default -> throw lines.complaint("is not the beginning of an exported key log or proof");
            }
        }
        if (proof != null) {
            proof.verify(findings, List.of(), key());
        }
    }

    private PublicKey key() {
        return key == null ? null : PublicKey.parse(key);
    }

    private static AccountProof proof(Path path) throws IOException {
        try (Reader in = reader(path)) {
            ExportLines lines = new ExportLines(in);
            if (!lines.next() || !lines.text().equals(Export.PROOF)) {
                throw lines.complaint("is not the beginning of a proof");
            }
            return AccountProof.read(lines);
        }
    }

    private static Reader reader(Path path) throws IOException {
        return new BufferedReader(Files.newBufferedReader(path, ISO_8859_1));
    }

    private static String text(Path path) throws IOException {
        if (Files.size(path) > SignedHead.MAX_TEXT * 3L) {
            throw new IOException(path + " is too long for a head");
        }
        return Files.readString(path, UTF_8);
    }
}
