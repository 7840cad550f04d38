// SPDX-License-Identifier: Apache-2.0
package im.bastion.console;

/**
 * What every page needs.
 *
 * @param page its name, for example "overview"; also the end of its file
 * @param menu the page that is marked in the sidebar: this one, or the one it belongs to
 * @param query what its address asks for
 * @param csrf the hidden field of every form
 * @param notice what has just been done, or null
 * @param refusal why the form was refused, or what came of trying it, in the admin's language; or null
 * @param isTrial whether nothing is wrong with it: the form only tried something
 */
public record Frame(
        Texts texts,
        Times times,
        String page,
        String menu,
        Query query,
        String csrf,
        Notice notice,
        String refusal,
        boolean isTrial) {
    /** The page's address inside the console, relative to the page itself. */
    public String file() {
        return file(page);
    }

    /** The page's address with what it was asked for, where its forms are sent: they lead back to the same view. */
    public String address() {
        return file() + query.with("", "");
    }

    /** The address of another page that is asked for one thing. */
    public String linkTo(String otherPage, String parameter, Object value) {
        return file(otherPage) + Query.of(null).with(parameter, value);
    }

    static String file(String page) {
        return "bastion-" + page + ".jsp";
    }
}
