// SPDX-License-Identifier: Apache-2.0
package im.bastion.console;

/** The templates and the words that fill them. */
record Presentation(Templates templates, Texts.Library library) {}
