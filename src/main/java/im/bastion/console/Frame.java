// SPDX-License-Identifier: Apache-2.0
package im.bastion.console;

/**
 * What every page needs.
 *
 * @param page its name, for example "overview"; also the end of its console id and of its file
 * @param csrf the hidden field of every form
 * @param notice what has just been done, or null
 * @param refusal why the form was refused, in the admin's language, or null
 */
public record Frame(Texts texts, Times times, String page, String csrf, Notice notice, String refusal) {
    /** The page's address inside the console, relative to the page itself. */
    public String file() {
        return file(page);
    }

    static String file(String page) {
        return "bastion-" + page + ".jsp";
    }
}
