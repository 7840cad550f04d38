// SPDX-License-Identifier: Apache-2.0
package im.bastion.console;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The words on the pages, from {@code i18n/bastion_i18n*.properties}. Read without {@link java.util.ResourceBundle},
 * whose cache would keep an unloaded plugin's class loader alive. The files are ASCII with escapes, which is what every
 * host version reads the same way. Immutable.
 */
public final class Texts {
    private static final String FILE = "bastion_i18n";

    private final Map<String, String> words;

    private Texts(Map<String, String> words) {
        this.words = words;
    }

    /** The text with {@code {0}}, {@code {1}} … replaced; the key itself when there is no such text. */
    public String text(String key, Object... arguments) {
        String text = words.getOrDefault(key, key);
        for (int i = 0; i < arguments.length; i++) {
            text = text.replace("{" + i + "}", String.valueOf(arguments[i]));
        }
        return text;
    }

    /** The text of {@code key.one} for one and of {@code key.many} otherwise, with {@code {0}} as the number. */
    public String count(String key, long number) {
        return text(key + (number == 1 ? ".one" : ".many"), number);
    }

    /** Whether there is a text of that key. */
    public boolean has(String key) {
        return words.containsKey(key);
    }

    /** The texts in each language asked for, loaded once. */
    static final class Library {
        private static final int MAX_LANGUAGES = 32;

        private final ClassLoader loader;
        private final Texts english;
        private final Map<String, Texts> byLanguage = new ConcurrentHashMap<>();

        Library(ClassLoader loader) {
            this.loader = loader;
            this.english = new Texts(read(""));
        }

        /** The texts in that language; what is not translated is English. */
        Texts in(Locale locale) {
            String language = locale.getLanguage();
            if (!language.matches("[a-z]{2,3}")) {
                return english;
            }
            if (byLanguage.size() >= MAX_LANGUAGES) {
                return byLanguage.getOrDefault(language, english);
            }
            return byLanguage.computeIfAbsent(language, this::translated);
        }

        private Texts translated(String language) {
            Map<String, String> own = read("_" + language);
            if (own.isEmpty()) {
                return english;
            }
            Map<String, String> words = new HashMap<>(english.words);
            words.putAll(own);
            return new Texts(Map.copyOf(words));
        }

        private Map<String, String> read(String suffix) {
            Properties file = new Properties();
            try (InputStream in = loader.getResourceAsStream(FILE + suffix + ".properties")) {
                if (in != null) {
                    file.load(in);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            Map<String, String> words = new HashMap<>();
            file.forEach((key, value) -> words.put((String) key, (String) value));
            return Map.copyOf(words);
        }
    }
}
