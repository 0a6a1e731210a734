#pragma once

#include "../ui_test_support.h"

#include "sluice/base/file_text.h"
#include "sluice/chat/attachment_tray.h"
#include "sluice/chat/chat_composer.h"
#include "sluice/chat/chat_pane.h"
#include "sluice/chat/chat_view.h"
#include "sluice/widgets/inline_message.h"
#include "sluice/widgets/theme.h"

#include <QtCore/QBuffer>
#include <QtTest/QtTest>
#include <QtWidgets/QApplication>

/// What the tests of pictures and sounds in the chat share.
namespace sluice::uitest {

using namespace ui;

inline const char *const takingPictures = R"({"type":"object","properties":{"messages":{"type":"array","items":{"type":"object","properties":{"role":{"type":"string"},
    "content":{"anyOf":[{"type":"string"},{"type":"array","items":{"type":"object","properties":{"type":{"type":"string"},"text":{"type":"string"},
    "image_url":{"type":"object","properties":{"url":{"type":"string"}}}}}}]}}}}}})";
inline const char *const takingWords = R"({"type":"object","properties":{"messages":{"type":"array","items":{"type":"object","properties":{"role":{"type":"string"},"content":{"type":"string"}}}}}})";

inline QImage gradient(int width, int height)
{
    QImage image(width, height, QImage::Format_RGB32);
    for (int y = 0; y < height; ++y)
        for (int x = 0; x < width; ++x)
            image.setPixel(x, y, qRgb(x * 255 / width, y * 255 / height, 90));
    return image;
}

inline QByteArray encoded(const QImage &image, const char *format)
{
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    image.save(&buffer, format);
    return bytes;
}

/// As a phone writes it that was held upright: the pixels lie on their side, and a mark says so.
inline QByteArray turnedJpeg(const QImage &image)
{
    static constexpr unsigned char mark[] = {0xff, 0xe1, 0x00, 0x22, 'E', 'x', 'i', 'f', 0, 0, 'M', 'M', 0, 42, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0, 0, 0, 0, 0};
    QByteArray bytes = encoded(image, "jpeg");
    bytes.insert(2, QByteArray(reinterpret_cast<const char *>(mark), sizeof(mark)));
    return bytes;
}

inline QByteArray tone(int milliseconds)
{
    const int samples = 8 * milliseconds;
    QByteArray data;
    for (int i = 0; i < samples; ++i)
        data += QByteArray::fromRawData((i / 10) % 2 ? "\x00\x20" : "\x00\xe0", 2);
    const auto number = [](quint32 value, int count) {
        QByteArray text;
        for (int i = 0; i < count; ++i)
            text += char((value >> (8 * i)) & 0xff);
        return text;
    };
    return "RIFF" + number(quint32(36 + data.size()), 4) + "WAVEfmt " + number(16, 4) + number(1, 2) + number(1, 2) + number(8000, 4) + number(16000, 4) + number(2, 2)
        + number(16, 2) + "data" + number(quint32(data.size()), 4) + data;
}

inline StreamEvent delta(const QByteArray &members)
{
    StreamEvent event;
    event.data = QString::fromUtf8(R"({"choices":[{"index":0,"delta":{)" + members + "}}]}");
    return event;
}

inline QSize sizeOf(const ChatAttachment &picture)
{
    const auto bytes = picture.bytes();
    return bytes ? QImage::fromData(*bytes).size() : QSize();
}

/// A chat with a capability of that schema.
class MediaPaneTest : public QObject {
protected:
    void make(const char *schema)
    {
        delete m_pane;
        m_pane = new ChatPane;
        m_pane->setOpensLinks(false);
        CapabilityInfo info;
        info.name = QStringLiteral("seeing-model");
        info.verbs = {Verb::Stream};
        info.inputSchema = *Json::parse(schema);
        m_pane->setCapability(info);
        Call call;
        call.capability = info.name;
        call.verb = Verb::Stream;
        m_pane->setBaseCall(call);
        m_pane->resize(760, 700);
        m_pane->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_pane));
    }
    void ask(const QString &question)
    {
        m_pane->composer().setText(question);
        m_pane->send();
    }
    [[nodiscard]] InlineMessage &message() const { return *m_pane->findChild<InlineMessage *>(); }

    ChatPane *m_pane = nullptr;
    QTemporaryDir m_folder;
};

} // namespace sluice::uitest
