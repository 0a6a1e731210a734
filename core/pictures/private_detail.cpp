#include "sluice/pictures/private_detail.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QStringList>

#include <array>

namespace sluice {

namespace {

struct Texts {
    Q_DECLARE_TR_FUNCTIONS(sluice::PrivateDetail)
};

} // namespace

QString inWords(PrivateDetails details)
{
    const std::array<std::pair<PrivateDetail, QString>, 11> all{{
        {PrivateDetail::Position, Texts::tr("position")},
        {PrivateDetail::Serial, Texts::tr("camera serial number")},
        {PrivateDetail::Owner, Texts::tr("names of people")},
        {PrivateDetail::Time, Texts::tr("time")},
        {PrivateDetail::Device, Texts::tr("camera model")},
        {PrivateDetail::Software, Texts::tr("program")},
        {PrivateDetail::Texts, Texts::tr("texts")},
        {PrivateDetail::Preview, Texts::tr("preview picture")},
        {PrivateDetail::Settings, Texts::tr("camera settings")},
        {PrivateDetail::Attached, Texts::tr("attached data")},
        {PrivateDetail::Further, Texts::tr("further details")},
    }};
    QStringList words;
    for (const auto &[detail, word] : all) {
        if (details.testFlag(detail))
            words += word;
    }
    return words.join(Texts::tr(", ", "between the parts of a list"));
}

} // namespace sluice
