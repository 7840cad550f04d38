// SPDX-License-Identifier: Apache-2.0
package im.bastion.console;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;

/** The precompiled templates of {@code src/main/jte}. Every value is escaped for the place it stands in. */
final class Templates {
    private static final String PACKAGE = "im.bastion.console.template";

    private final TemplateEngine engine =
            TemplateEngine.createPrecompiled(null, ContentType.Html, Templates.class.getClassLoader(), PACKAGE);

    /** The whole page as text, so that a template that fails leaves no half page behind. */
    String render(String template, Object view) {
        StringOutput output = new StringOutput();
        engine.render(template + ".jte", view, output);
        return output.toString();
    }
}
