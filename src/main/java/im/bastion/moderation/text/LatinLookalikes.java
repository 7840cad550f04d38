// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation.text;

import im.bastion.moderation.text.View.Lookalikes;

/**
 * Letters that people take for Latin ones: of Greek, Cyrillic, Armenian, Cherokee and the Latin extensions, after folding,
 * so small letters only. What NFKD makes Latin (mathematical, full-width letters) is Latin already.
 */
final class LatinLookalikes {
    private static final int END = 0xAC00;
    private static final char[] LATIN = table();

    private LatinLookalikes() {}

    static FoldedText replaced(FoldedText text, Lookalikes how) {
        if (!hasAny(text)) {
            return text;
        }
        char[] chars = text.toString().toCharArray();
        int begin = 0;
        while (begin < chars.length) {
            int end = begin;
            boolean latin = false;
            boolean alike = false;
            while (end < chars.length && Character.isLetterOrDigit(chars[end])) {
                latin |= chars[end] >= 'a' && chars[end] <= 'z';
                alike |= like(chars[end]) != 0;
                end++;
            }
            if (alike && (latin || how == Lookalikes.ALL)) {
                for (int i = begin; i < end; i++) {
                    char instead = like(chars[i]);
                    chars[i] = instead == 0 ? chars[i] : instead;
                }
            }
            begin = Math.max(end, begin + 1);
        }
        return FoldedText.ofFolded(chars, text);
    }

    /** The Latin letter that the letter looks like, or NUL. */
    static char like(char c) {
        return c < 0x100 || c >= END ? 0 : LATIN[c];
    }

    private static boolean hasAny(FoldedText text) {
        for (int i = 0; i < text.length(); i++) {
            if (like(text.charAt(i)) != 0) {
                return true;
            }
        }
        return false;
    }

    private static char[] table() {
        char[] table = new char[END];
        put(table, "аеоруксхіјѕԁԛԝһӏҽвнмтгьпяѵѡүғѐёїӓӧ", "aeopykcxijsdqwhlebhmtrbnrvwyfeeiao");
        put(table, "αβγεηικνορστυωχζμπθ", "abyenikvopotuwxzuno");
        put(table, "աոսօզցհյքռլե", "wnuoqghjpnlt");
        put(table, "ꭰꭱꭲꭺꭻꭼꮃꮇꮋꮐꮓꮟꮢꮩꮪꮮꮯꮲꮷ", "drtgjewmhgzbrvslcpd");
        put(table, "ıȷɑɡɩɪʏʀɴʙʟɢʜᴀᴄᴅᴇᴊᴋᴍᴏᴘᴛᴜᴠᴡᴢøłđħŧɨ", "ijagiiyrnblghacdejkmoptuvwzoldhti");
        return table;
    }

    private static void put(char[] table, String from, String to) {
        for (int i = 0; i < from.length(); i++) {
            table[from.charAt(i)] = to.charAt(i);
        }
    }
}
