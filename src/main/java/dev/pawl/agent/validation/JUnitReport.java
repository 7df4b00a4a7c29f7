package dev.pawl.agent.validation;

import dev.pawl.domain.model.Untrusted;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * JUnit's XML, as Surefire, Gradle, pytest, jest-junit and gotestsum write it: {@code testcase} elements at any depth with
 * {@code failure} or {@code error} in them. Read as a stream, without document types and without entities of its own; a
 * report that breaks off gives what it had until then.
 */
final class JUnitReport {
    static final int MOST_FAILURES = 200;

    private static final Logger LOG = LoggerFactory.getLogger(JUnitReport.class);
    private static final int LONGEST_NAME = 300;
    private static final int LONGEST_TEXT = 32 << 10;

    private final XMLStreamReader xml;
    private final int most;
    private final List<Case> failures = new ArrayList<>();
    private Names names = new Names("", "", Optional.empty(), OptionalInt.empty());

    private JUnitReport(XMLStreamReader xml, int most) {
        this.xml = xml;
        this.most = most;
    }

    /**
     * One failing test.
     *
     * @param names what the report calls it
     * @param summary the failure's {@code message}
     * @param text the failure's text, mostly a stack trace
     */
    record Case(Names names, String summary, String text) {
        String test() {
            String test = names.group.isEmpty() ? names.name : names.group + "." + names.name;
            return VisibleLine.of(test, LONGEST_NAME);
        }

        Untrusted message() {
            return FailureMessage.of(summary, text);
        }
    }

    /**
     * What a report calls a test.
     *
     * @param group class, file or package
     * @param name method or sentence
     * @param file the file, where the report names it
     * @param line the line in it
     */
    record Names(String group, String name, Optional<String> file, OptionalInt line) {}

    /** The failures of a report, at most so many; none where it can't be read. */
    static List<Case> failures(Path file, int most) {
        if (most <= 0) {
            return List.of();
        }
        try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            var report = new JUnitReport(factory().createXMLStreamReader(in), most);
            try {
                report.read();
            } catch (XMLStreamException | RuntimeException e) {
                LOG.warn("event=report-broken reason={}", e.getClass().getSimpleName());
            }
            return report.failures;
        } catch (IOException | XMLStreamException e) {
            LOG.warn("event=report-unreadable reason={}", e.getClass().getSimpleName());
            return List.of();
        }
    }

    private static XMLInputFactory factory() {
        var factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
        factory.setXMLResolver((publicId, systemId, baseUri, namespace) -> InputStream.nullInputStream());
        return factory;
    }

    private void read() throws XMLStreamException {
        while (xml.hasNext() && failures.size() < most) {
            int event = xml.next();
            if (event == XMLStreamConstants.DTD) {
                return; // no test tool writes one
            }
            if (event == XMLStreamConstants.START_ELEMENT) {
                element(xml.getLocalName());
            }
        }
    }

    private void element(String name) throws XMLStreamException {
        switch (name) {
            case "testcase" ->
                names = new Names(
                        attribute("classname"),
                        attribute("name"),
                        Optional.of(attribute("file")).filter(f -> !f.isEmpty()),
                        number(attribute("line")));
            case "failure", "error" -> failures.add(new Case(names, attribute("message"), text()));
            default -> {
                // suites, properties, output
            }
        }
    }

    /** The text within the element, its beginning only. Elements in it are passed over. */
    private String text() throws XMLStreamException {
        var text = new StringBuilder();
        for (int depth = 1; depth > 0 && xml.hasNext(); ) {
            int event = xml.next();
            if (event == XMLStreamConstants.START_ELEMENT) {
                depth++;
            } else if (event == XMLStreamConstants.END_ELEMENT) {
                depth--;
            } else if (isText(event) && text.length() < LONGEST_TEXT) {
                text.append(xml.getTextCharacters(), xml.getTextStart(), Math.min(xml.getTextLength(), LONGEST_TEXT));
            }
        }
        return text.toString();
    }

    private static boolean isText(int event) {
        return event == XMLStreamConstants.CHARACTERS || event == XMLStreamConstants.CDATA;
    }

    private String attribute(String name) {
        String value = xml.getAttributeValue(null, name);
        return value == null ? "" : value.substring(0, Math.min(value.length(), LONGEST_TEXT));
    }

    private static OptionalInt number(String text) {
        try {
            return OptionalInt.of(Integer.parseInt(text.strip()));
        } catch (NumberFormatException e) {
            return OptionalInt.empty();
        }
    }
}
