#pragma once

#include "sluice/backend/call.h"
#include "sluice/backend/capability_id.h"

#include <QtCore/QDateTime>
#include <QtCore/QList>
#include <QtCore/QUrl>

namespace sluice {

/// A price as the network states it: `pricePerUnit / pixelsPerUnit` wei per `unit`.
struct PriceQuote {
    qint64 pricePerUnit = 0;
    qint64 pixelsPerUnit = 1;
    QString unit = QStringLiteral("second");
    bool operator==(const PriceQuote &) const = default;
};

/// A sample input that the capability's author gave.
struct CapabilityExample {
    QString title;
    Json input;
    bool operator==(const CapabilityExample &) const = default;
};

/// One capability as the profile's network offers it now. What the network did not say stays absent.
struct CapabilityInfo {
    QString backend = QStringLiteral("byoc");
    QString name;
    QString model;
    QString title;       ///< for display; falls back to the name
    QString description;
    QString version;
    QList<Verb> verbs;   ///< in order of preference; never empty
    QString path;        ///< default path below the worker's URL for verbs.first()
    std::optional<PriceQuote> price;
    qint64 creditSeconds = 0; ///< of price that a call must find covered when it begins; 0: none
    std::optional<int> capacity;           ///< slots in all
    std::optional<int> availableCapacity;  ///< free slots; 0 = full
    std::optional<std::chrono::milliseconds> latency; ///< of the last answer about this capability
    Json inputSchema;    ///< null = unknown
    Json outputSchema;   ///< null = unknown; `x-output` picks the result view
    QString schemaOrigin; ///< where the schema came from, for the label
    QList<CapabilityExample> examples;
    QList<QUrl> orchestrators; ///< who offers it, in order of preference
    QDateTime seenAt;
    bool listed = true;  ///< the network lists it
    bool named = false;  ///< the person named it by hand (NamedCapability), which the network may list besides
    bool modelChosen = false; ///< calls say the model: the same name with another one is another capability
    bool verbsTold = false;   ///< somebody said its verbs, so that it has no others; false: they are what most have
    bool verbsFixed = false;  ///< its backend has no other verbs, whatever a person says
    /// What a live job takes and gives (`live` in the listing); video in and out unless the network said otherwise.
    struct LiveChannels {
        bool videoIn = true;
        bool videoOut = true;
        bool data = false;
        bool raw = false; ///< segments are no MPEG-TS
        bool operator==(const LiveChannels &) const = default;
    };
    LiveChannels live;
    /// How its app is called, in the network's words: "single-shot", "persistent", or both with a comma. Empty where the network has no such modes.
    QString mode;
    /// Whether `live` reserves a session with an app, which is called as long as it lasts.
    [[nodiscard]] bool hasSessions() const { return mode.endsWith(QLatin1String("persistent")); }
    [[nodiscard]] CapabilityId id() const { return {backend, name, modelChosen ? model : QString()}; }
    /// Whether it has this verb, as far as is known.
    [[nodiscard]] bool mayHave(Verb verb) const;
    /// The models that a call may name, where the network says; empty: any.
    [[nodiscard]] QStringList models() const;
    /// True when the input follows OpenAI's `messages`, so that the chat pane fits.
    [[nodiscard]] bool isChat() const;
    /// True when its schema says that a message's content may hold pictures, as OpenAI's parts of the type `image_url`.
    [[nodiscard]] bool takesPictures() const;
    /// One of which only the name is known: it is taken to have run and stream. (backends::unlisted() finds the backend of a name.)
    [[nodiscard]] static CapabilityInfo unlisted(const CapabilityId &id);
};

} // namespace sluice

Q_DECLARE_METATYPE(sluice::CapabilityInfo)
