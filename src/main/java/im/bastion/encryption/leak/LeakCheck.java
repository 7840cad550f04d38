// SPDX-License-Identifier: Apache-2.0
package im.bastion.encryption.leak;

import org.dom4j.Element;

/** Finds one kind of readable content among the children of a message. Pure; linear in the size of the child. */
public interface LeakCheck {
    Leak leak();

    /**
     * Whether the child shows it.
     *
     * @param message the child's parent
     * @param encrypted whether another child is an encrypted message, or carries its keys
     */
    boolean shows(Element message, Element child, boolean encrypted);
}
