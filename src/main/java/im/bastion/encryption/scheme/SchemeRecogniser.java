// SPDX-License-Identifier: Apache-2.0
package im.bastion.encryption.scheme;

import org.dom4j.Element;

/** Knows one scheme by what is on the wire, never by what it is called. Pure; linear in the size of the child. */
public interface SchemeRecogniser {
    Scheme scheme();

    /** What the child of a message shows. */
    Proof look(Element child);
}
