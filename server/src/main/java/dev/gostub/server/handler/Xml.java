package dev.gostub.server.handler;

/** Text in the XML documents of {@code qXfer}. */
final class Xml {
    private Xml() {}

    /** Text as an attribute; control characters, which XML cannot hold, become question marks. */
    static String attribute(String text) {
        StringBuilder xml = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> xml.append("&amp;");
                case '<' -> xml.append("&lt;");
                case '>' -> xml.append("&gt;");
                case '"' -> xml.append("&quot;");
                default -> xml.append(c < ' ' ? '?' : c);
            }
        }
        return xml.toString();
    }
}
